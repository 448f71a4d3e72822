package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingDecisions.CHANGED;
import static com.segumento.privacy.engine.StandingDecisions.CHOICE;
import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.FIGURE;
import static com.segumento.privacy.engine.StandingElements.PERSON;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static com.segumento.privacy.engine.StandingElements.STOOD;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.KeptRows;
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
 * Finds new sets of cells that tell of few persons with totals, or parts, of <em>other nights</em>:
 * what is left of a total that was published earlier beside tonight's parts, and of one of tonight
 * beside the parts of any one earlier release. {@link StandingTotals} looks at what stands tonight.
 *
 * <p>A part of a cell is one of another shape of which most persons, and all but k-1 at the most,
 * are in it. What is left are the persons of the cell who are in no part, and those of its parts
 * who are not in it; it must be nobody or k. A set was replaced on the newest date of a release up
 * to the one that replaced it, which may be a backfill.
 *
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
record StandingRemainders(int k, LocalDate oldest) {
  private static final Field SHAPE = ReleaseMemory.SHAPE;
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field NEW = Field.required("new", DataTypes.BooleanType);
  private static final Field SIZE = Field.required("size", DataTypes.LongType);
  private static final Field OTHER = Field.required("other cell", DataTypes.StringType);
  private static final Field OTHER_SIZE = Field.required("other size", DataTypes.LongType);
  private static final Field COMMON = Field.required("common", DataTypes.LongType);
  private static final Field INSIDE = Field.required("inside", DataTypes.LongType);
  private static final Field OUTSIDE = Field.required("outside", DataTypes.LongType);
  private static final Field PARTS = Field.required("parts", DataTypes.LongType);
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);

  /**
   * Segment, cell and figure of new sets that have to wait.
   *
   * @param elements of {@link StandingElements}
   * @param decisions of {@link StandingDecisions}
   * @param others the memory of cells of other shapes of the export's segments
   */
  List<Row> conflicting(Dataset<Row> elements, Dataset<Row> decisions, Dataset<Row> others) {
    try (KeptRows together = KeptRows.of(together(now(elements, decisions), others))) {
      return waiting(together.rows()).collectAsList();
    }
  }

  /** Those that {@link #together} has to wait. */
  Dataset<Row> waiting(Dataset<Row> together) {
    return besideEarlierParts(together)
        .unionByName(besideEarlierTotals(together))
        .distinct()
        .select(SEGMENT.col(), CELL.col(), FIGURE.as(lit(ReleaseMemory.PERSONS)));
  }

  /**
   * Segment, cell and person after tonight, and whether the cell is new, of segments that have one.
   */
  private static Dataset<Row> now(Dataset<Row> elements, Dataset<Row> decisions) {
    Column changed = coalesce(CHANGED.col(), lit(false));
    Column persons = FIGURE.col().equalTo(ReleaseMemory.PERSONS);
    Dataset<Row> segments =
        decisions.filter(persons.and(CHANGED.col())).select(SEGMENT.col()).distinct();
    return elements
        .filter(persons)
        .join(broadcast(segments), SEGMENT.name())
        .join( // n:1; cells nobody is in by tonight's tables are not decided on, and stand
            decisions
                .filter(persons)
                .select(SEGMENT.col(), CELL.col(), CHOICE.col(), CHANGED.col()),
            names(SEGMENT, CELL),
            "left")
        .filter(when(changed, StandingCells.in()).otherwise(STOOD.col()).equalTo(1))
        .select(SEGMENT.col(), CELL.col(), PERSON.col(), NEW.as(changed));
  }

  /**
   * Tonight's cells and those of other shapes they ever shared a person with, once for each set
   * that ever stood there: both sizes, and how many persons they share.
   *
   * @param now segment, cell and person, and whether the cell is new
   */
  Dataset<Row> together(Dataset<Row> now, Dataset<Row> others) {
    Dataset<Row> events =
        others
            .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS))
            .withColumnRenamed(CELL.name(), OTHER.name())
            .select(
                SEGMENT.col(),
                SHAPE.col(),
                OTHER.col(),
                PERSON.col(),
                CHANGE.col(),
                RELEASE.col(),
                DATE.col());
    WindowSpec ofOther =
        Window.partitionBy(SEGMENT.col(), SHAPE.col(), OTHER.col()).orderBy(RELEASE.col());
    Dataset<Row> sets =
        events
            .groupBy(SEGMENT.col(), SHAPE.col(), OTHER.col(), RELEASE.col())
            .agg(OTHER_SIZE.as(sum(CHANGE.col())), DATE.as(max(DATE.col())))
            .withColumn(OTHER_SIZE.name(), sum(OTHER_SIZE.col()).over(upTo(ofOther)));
    Dataset<Row> sizes =
        now.groupBy(SEGMENT.col(), CELL.col(), NEW.col()).agg(SIZE.as(count(lit(1))));
    Dataset<Row> common =
        now.select(SEGMENT.col(), CELL.col(), PERSON.col())
            .join(events, names(SEGMENT, PERSON)) // 1:n, all a person did at other shapes
            .groupBy(SEGMENT.col(), CELL.col(), SHAPE.col(), OTHER.col(), RELEASE.col())
            .agg(COMMON.as(sum(CHANGE.col())));
    WindowSpec ofPair =
        Window.partitionBy(SEGMENT.col(), CELL.col(), SHAPE.col(), OTHER.col())
            .orderBy(RELEASE.col());
    return common
        .select(SEGMENT.col(), CELL.col(), SHAPE.col(), OTHER.col())
        .distinct()
        .join(sets, names(SEGMENT, SHAPE, OTHER)) // 1:n, all sets of a cell
        .join(common, names(SEGMENT, CELL, SHAPE, OTHER, RELEASE), "left") // 1:1
        .withColumn(COMMON.name(), sum(coalesce(COMMON.col(), lit(0L))).over(upTo(ofPair)))
        .join(sizes, names(SEGMENT, CELL)); // n:1
  }

  /** New cells of which the parts of an earlier release leave few. */
  private Dataset<Row> besideEarlierParts(Dataset<Row> together) {
    WindowSpec ofPair =
        Window.partitionBy(SEGMENT.col(), CELL.col(), SHAPE.col(), OTHER.col())
            .orderBy(RELEASE.col());
    WindowSpec ofCell =
        Window.partitionBy(SEGMENT.col(), CELL.col(), SHAPE.col()).orderBy(RELEASE.col());
    Dataset<Row> parts = parts(together.filter(NEW.col()), OTHER_SIZE.col());
    for (Field field : List.of(INSIDE, OUTSIDE, PARTS)) {
      Column before = coalesce(lag(field.col(), 1).over(ofPair), lit(0L));
      parts = parts.withColumn(field.name() + " more", field.col().minus(before));
    }
    Dataset<Row> sums =
        parts
            .groupBy(SEGMENT.col(), CELL.col(), SHAPE.col(), RELEASE.col(), SIZE.col())
            .agg(DATE.as(max(DATE.col())), more(INSIDE), more(OUTSIDE), more(PARTS));
    for (Field field : List.of(INSIDE, OUTSIDE, PARTS)) {
      sums = sums.withColumn(field.name(), sum(field.col()).over(upTo(ofCell)));
    }
    return sums.withColumn(DATE.name(), max(DATE.col()).over(upTo(ofCell)))
        .withColumn(UNTIL.name(), lead(DATE.col(), 1).over(ofCell))
        .filter(few(SIZE))
        .select(SEGMENT.col(), CELL.col());
  }

  private static Column more(Field field) {
    return field.as(sum(Field.required(field.name() + " more", DataTypes.LongType).col()));
  }

  /** New cells that share persons with an earlier cell of which tonight's parts leave few. */
  private Dataset<Row> besideEarlierTotals(Dataset<Row> together) {
    WindowSpec ofOther =
        Window.partitionBy(SEGMENT.col(), SHAPE.col(), OTHER.col()).orderBy(RELEASE.col());
    Dataset<Row> leaving =
        parts(together, SIZE.col())
            .groupBy(SEGMENT.col(), SHAPE.col(), OTHER.col(), RELEASE.col(), OTHER_SIZE.col())
            .agg(
                DATE.as(max(DATE.col())),
                INSIDE.as(sum(INSIDE.col())),
                OUTSIDE.as(sum(OUTSIDE.col())),
                PARTS.as(sum(PARTS.col())))
            .withColumn(DATE.name(), max(DATE.col()).over(upTo(ofOther)))
            .withColumn(UNTIL.name(), lead(DATE.col(), 1).over(ofOther))
            .filter(few(OTHER_SIZE))
            .select(SEGMENT.col(), SHAPE.col(), OTHER.col(), RELEASE.col());
    return together
        .filter(NEW.col().and(COMMON.col().gt(0)))
        .join(leaving, names(SEGMENT, SHAPE, OTHER, RELEASE), "left_semi")
        .select(SEGMENT.col(), CELL.col());
  }

  /** What a cell of this size adds to one it is a part of; nothing where it is none. */
  private Dataset<Row> parts(Dataset<Row> together, Column size) {
    Column outside = size.minus(COMMON.col());
    Column part = outside.lt(k).and(outside.lt(COMMON.col()));
    return together
        .withColumn(INSIDE.name(), when(part, COMMON.col()).otherwise(0L))
        .withColumn(OUTSIDE.name(), when(part, outside).otherwise(0L))
        .withColumn(PARTS.name(), when(part, 1L).otherwise(0L));
  }

  /** Whether parts, in sets that are remembered, leave few of a cell. */
  private Column few(Field size) {
    Column left = abs(size.col().minus(INSIDE.col())).plus(OUTSIDE.col());
    return PARTS
        .col()
        .gt(0)
        .and(left.between(1, k - 1))
        // What was not replaced stands tonight.
        .and(coalesce(UNTIL.col().geq(lit(oldest)), lit(false)));
  }

  private static WindowSpec upTo(WindowSpec window) {
    return window.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }

  private static String[] names(Field... fields) {
    return Stream.of(fields).map(Field::name).toArray(String[]::new);
  }
}
