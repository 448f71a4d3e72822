package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Looks for what totals and parts of different releases tell together: cells the release changed
 * beside sets of cells of other shapes that were replaced since, where these are remembered; what
 * stands tonight is looked at by {@link PublishedTotals}. Most persons of a part are in its total,
 * and all but k-1 at the most; those who are only in the total, and those who are only in a part,
 * are nobody or k.
 *
 * @param release that is judged
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
record PublishedRemainders(int k, long release, LocalDate oldest) {
  private static final Field SHAPE = ReleaseMemory.SHAPE;
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field CHANGED = Field.required("changed", DataTypes.BooleanType);
  private static final Field NOW = Field.required("now", DataTypes.LongType);
  private static final Field OTHER = Field.required("other cell", DataTypes.StringType);
  private static final Field THEN = Field.required("then", DataTypes.LongType);
  private static final Field BOTH = Field.required("both", DataTypes.LongType);
  private static final Field COVERED = Field.required("covered", DataTypes.LongType);
  private static final Field BEYOND = Field.required("beyond", DataTypes.LongType);
  private static final Field OTHER_SET = Field.required("another set", DataTypes.BooleanType);
  private static final Field MATTERS = Field.required("matters", DataTypes.BooleanType);
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);

  /**
   * Segments of which something is told: one row for each total that is.
   *
   * @param alike rows of cells of the release's shape and segments
   * @param unlike rows of cells of other shapes of the same segments
   */
  Dataset<Row> telling(Dataset<Row> alike, Dataset<Row> unlike) {
    Dataset<Row> grid = grid(persons(alike), persons(unlike));
    return tonightsTotals(grid).unionByName(earlierTotals(grid));
  }

  private static Dataset<Row> persons(Dataset<Row> memory) {
    return memory.filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS));
  }

  /** All pairs of cells that share somebody, at all releases of the other's shape. */
  private Dataset<Row> grid(Dataset<Row> alike, Dataset<Row> unlike) {
    Column lately = RELEASE.col().equalTo(release);
    Dataset<Row> cells =
        alike
            .groupBy(SEGMENT.col(), CELL.col())
            .agg(NOW.as(sum(CHANGE.col())), CHANGED.as(max(lately)));
    Dataset<Row> fresh = cells.filter(CHANGED.col()).select(SEGMENT.col()).distinct();
    Dataset<Row> others =
        unlike
            .join(fresh, SEGMENT.name(), "left_semi") // n:1
            .withColumnRenamed(CELL.name(), OTHER.name());
    Dataset<Row> releases =
        others.groupBy(SEGMENT.col(), SHAPE.col(), RELEASE.col()).agg(DATE.as(max(DATE.col())));
    Dataset<Row> sizes =
        others.groupBy(SEGMENT.col(), OTHER.col(), RELEASE.col()).agg(THEN.as(sum(CHANGE.col())));
    Dataset<Row> shared =
        Standing.now(alike)
            .select(SEGMENT.col(), CELL.col(), PERSON.col())
            .join( // 1:n, all a person did at cells of other shapes
                others.select(
                    SEGMENT.col(),
                    SHAPE.col(),
                    OTHER.col(),
                    PERSON.col(),
                    RELEASE.col(),
                    CHANGE.col()),
                Standing.names(SEGMENT, PERSON))
            .groupBy(SEGMENT.col(), CELL.col(), SHAPE.col(), OTHER.col(), RELEASE.col())
            .agg(BOTH.as(sum(CHANGE.col())));
    var upTo =
        Window.partitionBy(SEGMENT.col(), CELL.col(), OTHER.col())
            .orderBy(RELEASE.col())
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    return shared
        .select(SEGMENT.col(), CELL.col(), SHAPE.col(), OTHER.col())
        .distinct()
        .join(releases, Standing.names(SEGMENT, SHAPE)) // n:m, pairs by releases
        .join(sizes, Standing.names(SEGMENT, OTHER, RELEASE), "left") // n:1
        .join(
            shared.drop(SHAPE.name()), Standing.names(SEGMENT, CELL, OTHER, RELEASE), "left") // 1:1
        .withColumn(OTHER_SET.name(), THEN.col().isNotNull())
        .withColumn(THEN.name(), sum(coalesce(THEN.col(), lit(0L))).over(upTo))
        .withColumn(BOTH.name(), sum(coalesce(BOTH.col(), lit(0L))).over(upTo))
        .join(cells, Standing.names(SEGMENT, CELL)); // n:1
  }

  private Dataset<Row> tonightsTotals(Dataset<Row> grid) {
    return told(
        grid.filter(CHANGED.col()),
        NOW,
        THEN.col().minus(BOTH.col()),
        lit(true),
        SEGMENT.col(),
        CELL.col(),
        SHAPE.col());
  }

  private Dataset<Row> earlierTotals(Dataset<Row> grid) {
    return told(
        grid,
        THEN,
        NOW.col().minus(BOTH.col()),
        CHANGED.col().and(BOTH.col().gt(0)),
        SEGMENT.col(),
        OTHER.col(),
        SHAPE.col());
  }

  /**
   * Totals beside which parts leave few.
   *
   * @param size of the total
   * @param beyond how many of the other cell are not in it
   * @param matters whether the other cell makes it the release's doing
   */
  private Dataset<Row> told(
      Dataset<Row> grid, Field size, Column beyond, Column matters, Column... total) {
    Column part = beyond.lt(k).and(BOTH.col().gt(beyond));
    Column left = abs(size.col().minus(COVERED.col())).plus(BEYOND.col());
    var order = Window.partitionBy(total).orderBy(RELEASE.col());
    return grid.groupBy(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(total), java.util.stream.Stream.of(RELEASE.col()))
                .toArray(Column[]::new))
        .agg(
            COVERED.as(sum(when(part, BOTH.col()))),
            BEYOND.as(sum(when(part, beyond))),
            size.as(max(size.col())),
            MATTERS.as(max(matters)),
            OTHER_SET.as(max(OTHER_SET.col())),
            DATE.as(max(DATE.col())))
        .filter(OTHER_SET.col())
        // A release of an earlier day has not ended what stood before that day.
        .withColumn(
            DATE.name(),
            max(DATE.col())
                .over(order.rowsBetween(Window.unboundedPreceding(), Window.currentRow())))
        .withColumn(UNTIL.name(), lead(DATE.col(), 1).over(order))
        // Without a part there is nothing to subtract.
        .filter(MATTERS.col().and(COVERED.col().gt(0)).and(left.between(1, k - 1)))
        // What was not replaced stands tonight.
        .filter(UNTIL.col().geq(lit(oldest)))
        .select(SEGMENT.col());
  }
}
