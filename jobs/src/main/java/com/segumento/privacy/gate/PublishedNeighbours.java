package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.SHARE;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Looks for figures that, with those of another segment in cells of the same labels, tell of 1 to
 * k-1 persons, who are behind one of the two only ({@link NeighbouringSets}) or who have come or
 * left at one of the two only ({@link NeighbouringChanges}); and for sums that tell beside others
 * ({@link CombinedFigures}), or beside the number of persons, of their own segment ({@link
 * NearlyAlike}). All that persons did is read in their order, cell by cell.
 */
final class PublishedNeighbours implements MapPartitionsFunction<Row, Row> {
  static final Field VIOLATION = Field.required("violation", DataTypes.StringType);

  /** A cell, two figures of it, and what is wrong with them. */
  static final StructType SCHEMA =
      Field.schema(
          CELL,
          SEGMENT,
          FIGURE,
          Field.required("other segment", DataTypes.StringType),
          Field.required("other figure", DataTypes.StringType),
          VIOLATION);

  private static final long serialVersionUID = 1L;
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field ELEMENT = Field.required("element", DataTypes.BinaryType);
  private static final Field KNOWN = Field.required("known", DataTypes.BooleanType);
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);

  /** Before all persons: how many there are. */
  private static final byte[] NOBODY = {};

  private final int k;
  private final double p;
  private final long release;

  /**
   * A search.
   *
   * @param k fewer of whom nothing may be told
   * @param p of the p% rule; 0 for none
   * @param release the one that is judged
   */
  PublishedNeighbours(int k, double p, long release) {
    this.k = k;
    this.p = p;
    this.release = release;
  }

  /**
   * What is wrong.
   *
   * @param sets segment, cell, figure and release of all sets that may be compared
   * @param persons of these, how many there are
   * @param memory of the same cells, of all segments
   */
  Dataset<Row> telling(Dataset<Row> sets, Column persons, Dataset<Row> memory) {
    Column element =
        when(FIGURE.col().equalTo(ReleaseMemory.PERSONS), PERSON.col())
            .otherwise(
                concat(PERSON.col(), encode(SHARE.col().cast(DataTypes.StringType), "UTF-8")));
    Column known = length(PERSON.col()).equalTo(Cells.KEY_BYTES);
    return rows(sets, lit(NOBODY), lit(true), persons, lit(0))
        .unionByName(rows(memory, element, known, ReleaseMemory.CHANGE.col(), SHARE.col()))
        // Persons and sums in one task: numbers of persons are compared with both.
        .repartition(CELL.col())
        .sortWithinPartitions(CELL.col(), ELEMENT.col(), SEGMENT.col(), FIGURE.col())
        .mapPartitions(this, Encoders.row(SCHEMA));
  }

  private static Dataset<Row> rows(
      Dataset<Row> rows, Column element, Column known, Column persons, Column share) {
    return rows.select(
        CELL.col(),
        ELEMENT.as(element),
        KNOWN.as(known),
        SEGMENT.col(),
        FIGURE.col(),
        RELEASE.col(),
        PERSONS.as(persons.cast(PERSONS.type())),
        SHARE.as(share.cast(ReleaseMemory.SHARE.type())));
  }

  private static ComparedFigures.Who who(Row row) {
    boolean named = row.getBoolean(2);
    return new ComparedFigures.Who(
        row.getAs(1),
        named ? Cells.KEY_BYTES : ReleaseMemory.ERASED_BYTES,
        named,
        row.getDecimal(7).unscaledValue().longValue());
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> found = new ArrayList<>();
    ComparedCell cell = new ComparedCell(k, p, release, "");
    Set<String> read = new HashSet<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!cell.is(row.getString(0))) {
        found.addAll(cell.telling());
        cell = new ComparedCell(k, p, release, row.getString(0));
        // Of a cell in pieces nothing would be found.
        if (!read.add(row.getString(0))) {
          throw new IllegalStateException("The persons of a cell are not read in one go");
        }
      }
      byte[] element = row.getAs(1);
      String segment = row.getString(3);
      String figure = row.getString(4);
      if (element.length == 0) {
        cell.had(segment, figure, row.getLong(5), row.getLong(6));
      } else {
        cell.did(who(row), segment, figure, row.getLong(5), (int) row.getLong(6));
      }
    }
    found.addAll(cell.telling());
    return found.iterator();
  }
}
