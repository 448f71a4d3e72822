package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counts what is left of totals beside parts of another shape, where the one stands tonight and the
 * other is of any one release that is remembered.
 *
 * <p>A part of a cell is one of which most persons, and all but k-1 at the most, are in it. What is
 * left are the persons of the cell who are in no part, and those of its parts who are not in it; it
 * must be nobody or k. As many erased persons as there are in the cell and in its parts are taken
 * for the same. A set was replaced on the newest date of a release up to the one that replaced it,
 * which may be a backfill. What a segment has in two shapes tonight {@link StandingTotals} looks
 * at.
 *
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
record Remainders(int k, LocalDate oldest) {
  /** Whether a set of tonight is another than stood there. */
  static final Field NEW = Field.required("new", DataTypes.BooleanType);

  /** How many of a set of tonight are known, and how many were erased. */
  static final Field LIVING = Field.required("living", DataTypes.LongType);

  static final Field ERASED = Field.required("erased", DataTypes.LongType);

  /** Of the cells of other shapes. */
  static final Field OTHER_SEGMENT = Field.required("other segment", DataTypes.StringType);

  static final Field SHAPE = ReleaseMemory.SHAPE;
  static final Field OTHER = Field.required("other cell", DataTypes.StringType);
  static final Field RELEASE = ReleaseMemory.RELEASE;
  static final Field CHANGE = ReleaseMemory.CHANGE;
  static final Field OTHER_LIVING = Field.required("other living", DataTypes.LongType);
  static final Field OTHER_ERASED = Field.required("other erased", DataTypes.LongType);

  /** How many both have. */
  static final Field COMMON = Field.required("common", DataTypes.LongType);

  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field INSIDE = Field.required("inside", DataTypes.LongType);
  private static final Field OUTSIDE = Field.required("outside", DataTypes.LongType);
  private static final Field NAMELESS = Field.required("nameless", DataTypes.LongType);
  private static final Field PARTS = Field.required("parts", DataTypes.LongType);
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);

  /** Whether it is known who somebody is, who was not erased. */
  static Column isKnown() {
    return length(PERSON.col()).equalTo(Cells.KEY_BYTES);
  }

  /** Who came to the numbers of persons of cells of other shapes, and left, and when. */
  static Dataset<Row> events(Dataset<Row> others) {
    return others
        .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS))
        .select(
            OTHER_SEGMENT.as(SEGMENT.col()),
            SHAPE.col(),
            OTHER.as(CELL.col()),
            PERSON.col(),
            CHANGE.col(),
            RELEASE.col(),
            DATE.col());
  }

  /** All sets these ever had, with their numbers: one row for each release that brought one. */
  static Dataset<Row> sets(Dataset<Row> events) {
    WindowSpec ofOther =
        Window.partitionBy(OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col()).orderBy(RELEASE.col());
    return events
        .groupBy(OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col(), RELEASE.col())
        .agg(
            OTHER_LIVING.as(sum(when(isKnown(), CHANGE.col()).otherwise(0))),
            OTHER_ERASED.as(sum(when(not(isKnown()), CHANGE.col()).otherwise(0))),
            DATE.as(max(DATE.col())))
        .withColumn(OTHER_LIVING.name(), sum(OTHER_LIVING.col()).over(upTo(ofOther)))
        .withColumn(OTHER_ERASED.name(), sum(OTHER_ERASED.col()).over(upTo(ofOther)));
  }

  /** Numbers of tonight's cells, of segment, cell, person and whether it is new. */
  static Dataset<Row> sizes(Dataset<Row> now) {
    return now.groupBy(SEGMENT.col(), CELL.col(), NEW.col())
        .agg(LIVING.as(count(when(isKnown(), 1))), ERASED.as(count(when(not(isKnown()), 1))));
  }

  /**
   * Tonight's cells beside those of other shapes, once for each set that ever stood there: numbers
   * of both, and of whom they share.
   *
   * @param persons segment and cell of tonight with all that a person of it did at cells of others
   */
  static Dataset<Row> together(Dataset<Row> persons, Dataset<Row> sets, Dataset<Row> sizes) {
    Dataset<Row> common =
        persons
            .groupBy(
                SEGMENT.col(),
                CELL.col(),
                OTHER_SEGMENT.col(),
                SHAPE.col(),
                OTHER.col(),
                RELEASE.col())
            .agg(COMMON.as(sum(CHANGE.col())));
    return common
        .select(SEGMENT.col(), CELL.col(), OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col())
        .distinct()
        .join(sets, names(OTHER_SEGMENT, SHAPE, OTHER)) // 1:n, all sets of a cell
        .join(common, names(SEGMENT, CELL, OTHER_SEGMENT, SHAPE, OTHER, RELEASE), "left") // 1:1
        .withColumn(COMMON.name(), sum(coalesce(COMMON.col(), lit(0L))).over(upTo(ofPair())))
        .join(sizes, names(SEGMENT, CELL)); // n:1
  }

  private static WindowSpec ofPair() {
    return Window.partitionBy(
            SEGMENT.col(), CELL.col(), OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col())
        .orderBy(RELEASE.col());
  }

  /** Segment and cell of new totals of which the parts of some release leave few. */
  Dataset<Row> newTotals(Dataset<Row> together) {
    List<Field> numbers = List.of(INSIDE, OUTSIDE, NAMELESS, PARTS);
    WindowSpec ofCell =
        Window.partitionBy(SEGMENT.col(), CELL.col(), OTHER_SEGMENT.col(), SHAPE.col())
            .orderBy(RELEASE.col());
    Column cell = not(TotalHistories.isAllOf(OTHER.col()));
    Dataset<Row> parts = parts(together.filter(NEW.col().and(cell)), OTHER_LIVING, OTHER_ERASED);
    for (Field field : numbers) {
      Column before = coalesce(lag(field.col(), 1).over(ofPair()), lit(0L));
      parts = parts.withColumn(more(field).name(), field.col().minus(before));
    }
    Dataset<Row> sums =
        parts
            .groupBy(
                SEGMENT.col(),
                CELL.col(),
                OTHER_SEGMENT.col(),
                SHAPE.col(),
                RELEASE.col(),
                LIVING.col(),
                ERASED.col())
            .agg(
                DATE.as(max(DATE.col())),
                numbers.stream()
                    .map(field -> field.as(sum(more(field).col())))
                    .toArray(Column[]::new));
    for (Field field : numbers) {
      sums = sums.withColumn(field.name(), sum(field.col()).over(upTo(ofCell)));
    }
    return sums.withColumn(DATE.name(), max(DATE.col()).over(upTo(ofCell)))
        .withColumn(UNTIL.name(), lead(DATE.col(), 1).over(ofCell))
        .filter(few(LIVING, ERASED))
        .select(SEGMENT.col(), CELL.col());
  }

  private static Field more(Field field) {
    return Field.required(field.name() + " more", DataTypes.LongType);
  }

  /**
   * Sets of other cells, by the release that brought them, of which tonight's parts of a segment
   * leave few.
   */
  Dataset<Row> earlierTotals(Dataset<Row> together) {
    WindowSpec ofOther =
        Window.partitionBy(SEGMENT.col(), OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col())
            .orderBy(RELEASE.col());
    return parts(together.filter(not(TotalHistories.isAllOf(CELL.col()))), LIVING, ERASED)
        .groupBy(
            SEGMENT.col(),
            OTHER_SEGMENT.col(),
            SHAPE.col(),
            OTHER.col(),
            RELEASE.col(),
            OTHER_LIVING.col(),
            OTHER_ERASED.col())
        .agg(
            DATE.as(max(DATE.col())),
            INSIDE.as(sum(INSIDE.col())),
            OUTSIDE.as(sum(OUTSIDE.col())),
            NAMELESS.as(sum(NAMELESS.col())),
            PARTS.as(sum(PARTS.col())))
        .withColumn(DATE.name(), max(DATE.col()).over(upTo(ofOther)))
        .withColumn(UNTIL.name(), lead(DATE.col(), 1).over(ofOther))
        .filter(few(OTHER_LIVING, OTHER_ERASED))
        .select(SEGMENT.col(), OTHER_SEGMENT.col(), SHAPE.col(), OTHER.col(), RELEASE.col());
  }

  /** What a cell of these numbers adds to one it is a part of; nothing where it is none. */
  private Dataset<Row> parts(Dataset<Row> together, Field living, Field erased) {
    Column part = isPart(living, erased);
    return together
        .withColumn(INSIDE.name(), when(part, COMMON.col()).otherwise(0L))
        .withColumn(OUTSIDE.name(), when(part, living.col().minus(COMMON.col())).otherwise(0L))
        .withColumn(NAMELESS.name(), when(part, erased.col()).otherwise(0L))
        .withColumn(PARTS.name(), when(part, 1L).otherwise(0L));
  }

  /** Whether a cell of these numbers is a part of the one it is together with. */
  Column isPart(Field living, Field erased) {
    Column same = least(ERASED.col(), OTHER_ERASED.col());
    Column outside = living.col().minus(COMMON.col()).plus(erased.col().minus(same));
    return COMMON.col().gt(0).and(outside.lt(k)).and(outside.lt(COMMON.col().plus(same)));
  }

  /** Whether parts, in sets that are remembered, leave few of a cell. */
  private Column few(Field living, Field erased) {
    Column left =
        abs(living.col().minus(INSIDE.col()))
            .plus(OUTSIDE.col())
            .plus(abs(erased.col().minus(NAMELESS.col())));
    return PARTS
        .col()
        .gt(0)
        .and(left.between(1, k - 1))
        // Of its own segment what was not replaced stands tonight.
        .and(coalesce(UNTIL.col().geq(lit(oldest)), SEGMENT.col().notEqual(OTHER_SEGMENT.col())));
  }

  private static WindowSpec upTo(WindowSpec window) {
    return window.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }

  static String[] names(Field... fields) {
    return Stream.of(fields).map(Field::name).toArray(String[]::new);
  }
}
