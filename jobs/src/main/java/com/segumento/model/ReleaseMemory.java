package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Who stands behind what was published of a client: one row per figure of a cell and person that
 * came to stand behind it with a release, or left it. The persons behind a figure at a release are
 * those whose rows up to it add up to one; so a row is one end of an interval of releases. Rows are
 * only ever added, but for the erasure of a person, whose rows lose their key and stay: what was
 * published goes on counting somebody, nobody knows whom.
 *
 * <p>A cell is known by its segment and labels, not by the export it is in: two exports that hold
 * the same cell have one memory of it.
 */
public final class ReleaseMemory {
  /** Name of the table. */
  public static final String NAME = "release_memory";

  /** Names and levels of the cell's dimensions; partition column. */
  public static final Field SHAPE = required("shape", DataTypes.StringType);

  public static final Field SEGMENT_ID = Memberships.SEGMENT_ID;

  /** The cell's labels by dimension, as {@link #cell} writes them. */
  public static final Field CELL = required("cell", DataTypes.StringType);

  /** {@link #PERSONS}, or the sum it is about. */
  public static final Field FIGURE = required("figure", DataTypes.StringType);

  /**
   * Who it is; of somebody who was erased, {@link #ERASED_BYTES} random ones, others in each cell.
   */
  public static final Field PERSON_KEY = Persons.PERSON_KEY;

  /** Length of what stands in place of the key of an erased person. */
  public static final int ERASED_BYTES = 16;

  private static final int SHARE_SCALE = 6;

  /** What the person adds to a sum; 0 where persons are counted. */
  public static final Field SHARE = required("share", DataTypes.createDecimalType(34, SHARE_SCALE));

  /** 1 for who came, -1 for who left. */
  public static final Field CHANGE = required("change", DataTypes.IntegerType);

  /** Number of the release: the version of this table that it was remembered with. */
  public static final Field RELEASE = required("release", DataTypes.LongType);

  /** The newest there is a release of: that of the run, but where the run is a backfill. */
  public static final Field BUSINESS_DATE = required("business_date", DataTypes.DateType);

  /** What all sums count, as {@link #counted} says. */
  public static final String SUMS = "sums";

  /** The figure that counts persons. */
  public static final String PERSONS = "persons";

  public static final StructType SCHEMA =
      Field.schema(
          SHAPE, SEGMENT_ID, CELL, FIGURE, PERSON_KEY, SHARE, CHANGE, RELEASE, BUSINESS_DATE);

  private ReleaseMemory() {}

  /**
   * A dimension of a cell; one that does not tell persons apart is none.
   *
   * @param label of a cell, never null
   */
  public record Dimension(String name, int level, Column label) {
    private String title() {
      return name + "@" + level;
    }
  }

  /** The shape of cells of these dimensions, in whatever order an export has them. */
  public static String shape(List<Dimension> dimensions) {
    // Delta takes an empty value of a partition for none.
    return dimensions.isEmpty()
        ? Cells.ANY
        : sorted(dimensions).map(Dimension::title).collect(Collectors.joining(","));
  }

  /** The text by which a cell is known: one JSON object of its labels. */
  public static Column cell(List<Dimension> dimensions) {
    Column[] labels =
        sorted(dimensions)
            .map(dimension -> dimension.label().as(dimension.title()))
            .toArray(Column[]::new);
    return labels.length == 0 ? functions.lit("{}") : functions.to_json(functions.struct(labels));
  }

  /**
   * What follows the id of a segment that is of one run alone, as those somebody asks for are: the
   * next to bear its id is another one.
   */
  public static String only(String run) {
    return " of run " + run;
  }

  /** The label of a dimension in a text of {@link #cell}. */
  public static Column label(Dimension dimension, Column cell) {
    return functions
        .from_json(cell, Field.schema(optional(dimension.title(), DataTypes.StringType)))
        .getField(dimension.title());
  }

  /** The figure that adds up {@code column}, of each person no less and no more than that. */
  public static String sum(String column, List<Double> clamp) {
    return "sum of " + column + " in " + clamp;
  }

  /**
   * The least and the most that a person adds to a sum, in millionths; of more than nine trillion
   * the lower 64 bits.
   *
   * @param sum as {@link #sum} names it
   */
  public static List<Long> bounds(String sum) {
    String clamp = sum.substring(sum.lastIndexOf('[') + 1, sum.length() - 1);
    return Stream.of(clamp.split(", ", -1))
        .map(bound -> new BigDecimal(bound).movePointRight(SHARE_SCALE).toBigInteger().longValue())
        .toList();
  }

  /**
   * What a figure counts: persons, or money. Two sums can be subtracted, whatever they add up, as
   * that of 30 days from that of 90.
   */
  public static Column counted(Column figure) {
    return functions
        .when(figure.equalTo(PERSONS), functions.lit(PERSONS))
        .otherwise(functions.lit(SUMS));
  }

  /** The same of one. */
  public static String counted(String figure) {
    return figure.equals(PERSONS) ? PERSONS : SUMS;
  }

  private static Stream<Dimension> sorted(List<Dimension> dimensions) {
    return dimensions.stream().sorted(java.util.Comparator.comparing(Dimension::name));
  }
}
