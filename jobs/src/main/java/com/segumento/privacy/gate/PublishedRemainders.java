package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
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
import org.apache.spark.sql.types.DataTypes;

/**
 * Looks for what totals and parts of different releases tell together: cells the release changed
 * beside sets of cells of other shapes that were replaced since, where these are remembered; what
 * stands tonight is looked at by {@link PublishedTotals}, and other segments by {@link
 * RemaindersOfSegments}. Most persons of a part are in its total, and all but k-1 at the most;
 * those who are only in the total, and those who are only in a part, are nobody or k. All cells of
 * a shape are a total together. Erased persons of a total are taken for those of its parts, as far
 * as there are as many.
 *
 * @param release that is judged
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
record PublishedRemainders(int k, long release, LocalDate oldest) {
  /** Whose the cells of other shapes are. */
  static final Field FROM = Field.required("from segment", DataTypes.StringType);

  static final Field SHAPE = ReleaseMemory.SHAPE;
  static final Field OTHER = Field.required("other cell", DataTypes.StringType);

  /** Whether the release changed a cell. */
  static final Field CHANGED = Field.required("changed", DataTypes.BooleanType);

  /** How many of a cell are known now. */
  static final Field NOW = Field.required("now", DataTypes.LongType);

  private static final Field NOW_GONE = Field.required("now gone", DataTypes.LongType);
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field THEN = Field.required("then", DataTypes.LongType);
  private static final Field THEN_GONE = Field.required("then gone", DataTypes.LongType);
  private static final Field BOTH = Field.required("both", DataTypes.LongType);
  private static final Field COVERED = Field.required("covered", DataTypes.LongType);
  private static final Field COVERED_GONE = Field.required("covered gone", DataTypes.LongType);
  private static final Field BEYOND = Field.required("beyond", DataTypes.LongType);
  private static final Field OTHER_SET = Field.required("another set", DataTypes.BooleanType);
  private static final Field MATTERS = Field.required("matters", DataTypes.BooleanType);
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);

  /** How often a person is in a cell; of everybody's, in how many cells. */
  private static final Field TIMES = Field.required("times", DataTypes.LongType);

  /** Numbers of a cell: of who is known in it, and of who was erased. */
  private record Numbers(Field known, Field gone) {}

  private static final Numbers OURS = new Numbers(NOW, NOW_GONE);
  private static final Numbers THEIRS = new Numbers(THEN, THEN_GONE);

  /**
   * Segments of which something is told: one row for each total that is.
   *
   * @param alike rows of cells of the release's shape and segments
   * @param unlike rows of cells of other shapes of the same segments
   */
  Dataset<Row> telling(Dataset<Row> alike, Dataset<Row> unlike) {
    Dataset<Row> ours = PartsOfTotals.withEverybody(alike);
    Dataset<Row> others =
        others(
            PartsOfTotals.withEverybody(unlike)
                .join(fresh(persons(alike)), Standing.names(SEGMENT), "left_semi")); // n:1
    Dataset<Row> shared =
        Standing.now(persons(ours))
            .select(SEGMENT.col(), CELL.col(), PERSON.col(), TIMES.as(CHANGE.col()))
            .join( // 1:n, all a person did at cells of other shapes
                others.withColumn(SEGMENT.name(), FROM.col()), Standing.names(PERSON, SEGMENT))
            .withColumn(CHANGE.name(), CHANGE.col().multiply(TIMES.col()));
    Dataset<Row> grid = grid(cells(ours), others, shared);
    return tonightsTotals(grid)
        .unionByName(earlierTotals(grid, CHANGED.col().and(BOTH.col().gt(0))));
  }

  private static Dataset<Row> persons(Dataset<Row> memory) {
    return memory.filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS));
  }

  static Column isKnown() {
    return length(PERSON.col()).equalTo(Cells.KEY_BYTES);
  }

  /** Cells of segments the release changed, with how many are in them. */
  Dataset<Row> cells(Dataset<Row> alike) {
    Dataset<Row> rows = persons(alike);
    Column lately = RELEASE.col().equalTo(release);
    return rows.join(fresh(rows), Standing.names(SEGMENT), "left_semi") // n:1
        .groupBy(SEGMENT.col(), CELL.col())
        .agg(
            NOW.as(sum(when(isKnown(), CHANGE.col()).otherwise(0))),
            NOW_GONE.as(sum(when(isKnown(), 0).otherwise(CHANGE.col()))),
            CHANGED.as(max(lately)));
  }

  private Dataset<Row> fresh(Dataset<Row> rows) {
    return rows.filter(RELEASE.col().equalTo(release)).select(SEGMENT.col()).distinct();
  }

  /** Segment, cell and person of who stands there now. */
  static Dataset<Row> now(Dataset<Row> alike) {
    return Standing.now(persons(alike)).select(SEGMENT.col(), CELL.col(), PERSON.col());
  }

  /** All that was done at the numbers of persons of other cells. */
  static Dataset<Row> others(Dataset<Row> unlike) {
    return persons(unlike)
        .select(
            FROM.as(SEGMENT.col()),
            SHAPE.col(),
            OTHER.as(CELL.col()),
            PERSON.col(),
            RELEASE.col(),
            CHANGE.col(),
            DATE.col());
  }

  /**
   * Pairs of cells, at all releases of the other's segment and shape.
   *
   * @param shared of pairs of cells that share somebody, all that these did at the other one
   */
  static Dataset<Row> grid(Dataset<Row> cells, Dataset<Row> others, Dataset<Row> shared) {
    Dataset<Row> releases =
        others.groupBy(FROM.col(), SHAPE.col(), RELEASE.col()).agg(DATE.as(max(DATE.col())));
    Dataset<Row> sizes =
        others
            .groupBy(FROM.col(), OTHER.col(), RELEASE.col())
            .agg(
                THEN.as(sum(when(isKnown(), CHANGE.col()).otherwise(0))),
                THEN_GONE.as(sum(when(isKnown(), 0).otherwise(CHANGE.col()))));
    Dataset<Row> both =
        shared
            .groupBy(SEGMENT.col(), CELL.col(), FROM.col(), SHAPE.col(), OTHER.col(), RELEASE.col())
            .agg(BOTH.as(sum(CHANGE.col())));
    var upTo =
        Window.partitionBy(SEGMENT.col(), CELL.col(), FROM.col(), OTHER.col())
            .orderBy(RELEASE.col())
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Dataset<Row> grid =
        both.select(SEGMENT.col(), CELL.col(), FROM.col(), SHAPE.col(), OTHER.col())
            .distinct()
            .join(releases, Standing.names(FROM, SHAPE)) // n:m, pairs by releases
            .join(sizes, Standing.names(FROM, OTHER, RELEASE), "left") // n:1
            .join( // 1:1
                both.drop(SHAPE.name()),
                Standing.names(SEGMENT, CELL, FROM, OTHER, RELEASE),
                "left")
            .withColumn(OTHER_SET.name(), THEN.col().isNotNull());
    for (Field number : List.of(THEN, THEN_GONE, BOTH)) {
      grid = grid.withColumn(number.name(), sum(coalesce(number.col(), lit(0L))).over(upTo));
    }
    return grid.join(cells, Standing.names(SEGMENT, CELL)); // n:1
  }

  /** Segments of cells the release changed of which parts of some release leave few. */
  Dataset<Row> tonightsTotals(Dataset<Row> grid) {
    return told(
        grid.filter(CHANGED.col()).filter(not(PartsOfTotals.isEverybody(OTHER.col()))),
        OURS,
        THEIRS,
        lit(true),
        SEGMENT.col(),
        CELL.col(),
        FROM.col(),
        SHAPE.col());
  }

  /** Segments of parts the release changed, of cells of which they leave few. */
  Dataset<Row> partsOfTotals(Dataset<Row> grid) {
    return earlierTotals(grid, CHANGED.col().and(isPart(OURS)));
  }

  private Dataset<Row> earlierTotals(Dataset<Row> grid, Column matters) {
    Dataset<Row> parts = grid.filter(not(PartsOfTotals.isEverybody(CELL.col())));
    return told(parts, THEIRS, OURS, matters, SEGMENT.col(), FROM.col(), OTHER.col(), SHAPE.col());
  }

  /** Whether all but few, and most, of a cell are in the one beside it. */
  private Column isPart(Numbers part) {
    Column same = least(NOW_GONE.col(), THEN_GONE.col());
    Column both = BOTH.col().plus(same);
    Column beyond = part.known().col().plus(part.gone().col()).minus(both);
    return BOTH.col().gt(0).and(beyond.lt(k)).and(both.gt(beyond));
  }

  /**
   * Totals beside which parts leave few.
   *
   * @param matters whether the other cell makes it the release's doing
   */
  private Dataset<Row> told(
      Dataset<Row> grid, Numbers size, Numbers others, Column matters, Column... total) {
    Column part = isPart(others);
    Column left =
        abs(size.known().col().minus(COVERED.col()))
            .plus(BEYOND.col())
            .plus(abs(size.gone().col().minus(COVERED_GONE.col())));
    var order = Window.partitionBy(total).orderBy(RELEASE.col());
    return grid.groupBy(
            Stream.concat(Stream.of(total), Stream.of(RELEASE.col())).toArray(Column[]::new))
        .agg(
            COVERED.as(sum(when(part, BOTH.col()))),
            BEYOND.as(sum(when(part, others.known().col().minus(BOTH.col())))),
            COVERED_GONE.as(sum(when(part, others.gone().col()))),
            size.known().as(max(size.known().col())),
            size.gone().as(max(size.gone().col())),
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
        // Of its own segment what was not replaced stands tonight.
        .filter(coalesce(UNTIL.col().geq(lit(oldest)), SEGMENT.col().notEqual(FROM.col())))
        .select(SEGMENT.col());
  }
}
