package com.segumento.privacy.engine;

import static com.segumento.privacy.engine.StandingElements.CELL;
import static com.segumento.privacy.engine.StandingElements.SEGMENT;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds cells that may not be published beside others that were, or are about to be: two sets of
 * persons that differ by 1 to k-1 persons, one within the other or nearly so. Whoever subtracts one
 * from the other would learn of these few. Only those are compared person by person whose numbers
 * are less than k apart: of all segments in cells of the same labels, and of the same segment in
 * cells of other shapes.
 *
 * @param k that the sets must differ by where they are not the same
 * @param oldest a set that was replaced before this business date is not remembered any more
 * @param release the number of the one that is being made
 */
record StandingConflicts(int k, LocalDate oldest, long release) {
  private static final Field PERSON = Persons.PERSON_KEY;
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field OTHER = Field.required("other segment", DataTypes.StringType);
  private static final Field OTHER_CELL = Field.required("other cell", DataTypes.StringType);
  static final Field SIZE = Field.required("size", DataTypes.LongType);
  private static final Field THERE = Field.required("there", DataTypes.LongType);
  private static final Field COMMON = Field.required("common", DataTypes.LongType);
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);

  /**
   * Segments and cells of {@code changed} that may not be; some more than once.
   *
   * @param sizes segment, cell and number of persons of the sets that are new tonight
   * @param changed segment, cell and person of them
   * @param proposed the changes that makes, of the columns of the memory
   * @param memory what is remembered of cells of the same labels, of any segment
   */
  Dataset<Row> withinLabels(
      Dataset<Row> sizes, Dataset<Row> changed, Dataset<Row> proposed, Dataset<Row> memory) {
    Dataset<Row> events =
        events(memory)
            .unionByName(events(proposed))
            .withColumnRenamed(SEGMENT.name(), OTHER.name());
    Dataset<Row> pairs =
        sizes
            .join(states(events, OTHER.col(), CELL.col()), CELL.name())
            .filter(mayGiveWay())
            .filter(abs(SIZE.col().minus(THERE.col())).lt(k))
            .select(SEGMENT.col(), CELL.col(), SIZE.col(), OTHER.col(), RELEASE.col(), THERE.col());
    Dataset<Row> tested = pairs.select(SEGMENT.col(), CELL.col(), OTHER.col()).distinct();
    // By persons first: most pairs of many segments have few in common, and so few rows here.
    Dataset<Row> common =
        changed
            .join(events, names(CELL, PERSON)) // 1:n, once a change of another segment
            .filter(mayGiveWay())
            .groupBy(SEGMENT.col(), CELL.col(), OTHER.col(), RELEASE.col())
            .agg(COMMON.as(sum(CHANGE.col())))
            .join(tested, names(SEGMENT, CELL, OTHER), "left_semi");
    // A state without a change among the common ones has as many as the state before.
    Dataset<Row> states =
        pairs
            .join(common, names(SEGMENT, CELL, OTHER, RELEASE), "full_outer")
            .withColumn(
                COMMON.name(),
                sum(COMMON.col())
                    .over(
                        Window.partitionBy(SEGMENT.col(), CELL.col(), OTHER.col())
                            .orderBy(RELEASE.col())
                            .rowsBetween(Window.unboundedPreceding(), Window.currentRow())));
    return near(states.filter(SIZE.col().isNotNull())).select(SEGMENT.col(), CELL.col());
  }

  /**
   * The same against cells of other labels of the same segment, as they stand now.
   *
   * @param standing segment, cell and person of what stands behind cells of other shapes
   */
  Dataset<Row> acrossLabels(Dataset<Row> sizes, Dataset<Row> changed, Dataset<Row> standing) {
    Dataset<Row> others =
        standing
            .withColumnRenamed(CELL.name(), OTHER_CELL.name())
            .select(SEGMENT.col(), OTHER_CELL.col(), PERSON.col());
    Dataset<Row> common =
        changed
            .join(others, names(SEGMENT, PERSON)) // 1:n, once a shape
            .groupBy(SEGMENT.col(), CELL.col(), OTHER_CELL.col())
            .agg(COMMON.as(count(lit(1))));
    Dataset<Row> otherSizes =
        others.groupBy(SEGMENT.col(), OTHER_CELL.col()).agg(THERE.as(count(lit(1))));
    return near(common
            .join(sizes, names(SEGMENT, CELL))
            .join(otherSizes, names(SEGMENT, OTHER_CELL)))
        .select(SEGMENT.col(), CELL.col());
  }

  /** Of two that are both new the one that comes later gives way, every night. */
  private Column mayGiveWay() {
    return SEGMENT
        .col()
        .notEqual(OTHER.col())
        .and(RELEASE.col().lt(release).or(OTHER.col().lt(SEGMENT.col())));
  }

  private Dataset<Row> near(Dataset<Row> pairs) {
    Column apart =
        SIZE.col()
            .plus(THERE.col())
            .minus(org.apache.spark.sql.functions.coalesce(COMMON.col(), lit(0L)).multiply(2));
    return pairs.filter(apart.gt(0).and(apart.lt(k)));
  }

  private static Dataset<Row> events(Dataset<Row> memory) {
    return memory
        .filter(ReleaseMemory.FIGURE.col().equalTo(ReleaseMemory.PERSONS))
        .select(SEGMENT.col(), CELL.col(), PERSON.col(), CHANGE.col(), RELEASE.col(), DATE.col());
  }

  /** All remembered states of cells, with how many stood behind them. */
  private Dataset<Row> states(Dataset<Row> events, Column... cell) {
    var order = Window.partitionBy(cell).orderBy(RELEASE.col());
    Column[] state =
        Stream.concat(Stream.of(cell), Stream.of(RELEASE.col())).toArray(Column[]::new);
    return events
        .groupBy(state)
        .agg(THERE.as(sum(CHANGE.col())), DATE.as(max(DATE.col())))
        .withColumn(UNTIL.name(), org.apache.spark.sql.functions.lead(DATE.col(), 1).over(order))
        .withColumn(
            THERE.name(),
            sum(THERE.col())
                .over(order.rowsBetween(Window.unboundedPreceding(), Window.currentRow())))
        .filter(THERE.col().gt(0))
        .filter(UNTIL.col().isNull().or(UNTIL.col().geq(lit(oldest))));
  }

  private static String[] names(Field... fields) {
    return Stream.of(fields).map(Field::name).toArray(String[]::new);
  }
}
