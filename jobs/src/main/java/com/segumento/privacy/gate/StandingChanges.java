package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.there;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Compares what a release put behind cells with every set that was published before: of the same
 * cell, of other segments in cells of the same labels, and of the same segment in cells of other
 * shapes. Person by person, release by release; only cells the release changed are looked at.
 */
record StandingChanges(Standing standing) {
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);
  private static final Field OTHER = Field.required("other segment", DataTypes.StringType);
  private static final Field OTHER_CELL = Field.required("other cell", DataTypes.StringType);
  private static final Field NOW = Field.required("now", DataTypes.LongType);
  private static final Field THEN = Field.required("then", DataTypes.LongType);
  private static final Field BOTH = Field.required("both", DataTypes.LongType);

  /** Figures of staged cells that changed by 1 to k-1 who came, or who left, since some release. */
  Dataset<Row> creeping(Dataset<Row> staged) {
    Dataset<Row> ours = ofChanged(staged);
    Dataset<Row> histories = Standing.histories(ours);
    Column now = there(lit(standing.versions().release()));
    Column then = there(RELEASE.col());
    return histories
        .join(releases(ours, FIGURE), Standing.names(SEGMENT, CELL, FIGURE))
        .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col(), RELEASE.col())
        .agg(
            THEN.as(sum(then)),
            sum(now.multiply(lit(1).minus(then))).as("came"),
            sum(then.multiply(lit(1).minus(now))).as("left"),
            NOW.as(sum(now)))
        .filter(THEN.col().gt(0).and(NOW.col().gt(0)))
        .filter(
            few(Field.required("came", DataTypes.LongType).col())
                .or(few(Field.required("left", DataTypes.LongType).col())));
  }

  /** Changed cells that differ by 1 to k-1 persons from one of another segment. */
  Dataset<Row> besideOthers(Dataset<Row> changed) {
    Dataset<Row> persons = standing.alike().filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS));
    Dataset<Row> ofCells = // 1:n, all segments of a cell
        persons.join(changed.select(CELL.col()).distinct(), Standing.names(CELL), "left_semi");
    Dataset<Row> others =
        Standing.histories(ofCells)
            .join(releases(ofCells, FIGURE), Standing.names(SEGMENT, CELL, FIGURE))
            .filter(there(RELEASE.col()).equalTo(1))
            .select(OTHER.as(SEGMENT.col()), CELL.col(), RELEASE.col(), PERSON.col());
    return near(changed, others, new Field[] {OTHER, RELEASE}, Standing.names(CELL))
        .filter(SEGMENT.col().notEqual(OTHER.col()));
  }

  /** Changed cells that differ by 1 to k-1 persons from one of other labels. */
  Dataset<Row> acrossShapes(Dataset<Row> changed) {
    Dataset<Row> others =
        Standing.now(standing.unlike().filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS)))
            .select(SEGMENT.col(), OTHER_CELL.as(CELL.col()), PERSON.col());
    return near(changed, others, new Field[] {OTHER_CELL}, Standing.names(SEGMENT));
  }

  /**
   * Pairs of a changed set and another one, together on {@code on}, that are nearly the same. One
   * that has nobody in common with the changed one is not: that is of k persons, or found to be of
   * fewer already.
   */
  private Dataset<Row> near(Dataset<Row> changed, Dataset<Row> others, Field[] other, String[] on) {
    Column[] pair =
        Stream.concat(Stream.of(SEGMENT, CELL), Stream.of(other))
            .map(Field::col)
            .toArray(Column[]::new);
    String[] person = Stream.concat(Stream.of(on), Stream.of(PERSON.name())).toArray(String[]::new);
    Column all = count(lit(1));
    Column apart = NOW.col().plus(THEN.col()).minus(BOTH.col().multiply(2));
    return changed
        .withColumn(NOW.name(), all.over(Window.partitionBy(SEGMENT.col(), CELL.col())))
        .join( // n:m, each set a person is in with each other one
            others.withColumn(THEN.name(), all.over(Window.partitionBy(columns(on, other)))),
            person)
        .groupBy(pair)
        .agg(BOTH.as(all), NOW.as(max(NOW.col())), THEN.as(max(THEN.col())))
        .filter(few(apart));
  }

  private static Field[] fields(String[] names) {
    return Stream.of(names)
        .map(name -> Field.required(name, DataTypes.NullType))
        .toArray(Field[]::new);
  }

  private static Column[] columns(String[] on, Field[] more) {
    return Stream.concat(Stream.of(fields(on)), Stream.of(more))
        .map(Field::col)
        .distinct()
        .toArray(Column[]::new);
  }

  private Column few(Column persons) {
    return persons.gt(0).and(persons.lt(standing.claim().k()));
  }

  /** The memory of staged cells of which the release changed a figure. */
  private Dataset<Row> ofChanged(Dataset<Row> staged) {
    Dataset<Row> changed =
        standing
            .alike()
            .filter(RELEASE.col().equalTo(standing.versions().release()))
            .select(SEGMENT.col(), CELL.col(), FIGURE.col())
            .distinct()
            .join(stagedCells(staged), Standing.names(SEGMENT, CELL), "left_semi");
    return standing.alike().join(changed, Standing.names(SEGMENT, CELL, FIGURE), "left_semi");
  }

  private Dataset<Row> stagedCells(Dataset<Row> staged) {
    return staged.select(
        SEGMENT.as(StagedRows.key(0).col()), CELL.as(standing.shape().stagedCell()));
  }

  /** Segment, cell and person of staged cells that the release changed. */
  Dataset<Row> changedNow(Dataset<Row> staged) {
    return Standing.now(ofChanged(staged).filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS)))
        .select(SEGMENT.col(), CELL.col(), PERSON.col());
  }

  /** Each figure's releases that are remembered: its own, and those replaced of late. */
  private Dataset<Row> releases(Dataset<Row> memory, Field figure) {
    var order = Window.partitionBy(SEGMENT.col(), CELL.col(), figure.col()).orderBy(RELEASE.col());
    int days = standing.workspace().platform().privacy().releaseMemoryDays();
    return memory
        .groupBy(SEGMENT.col(), CELL.col(), figure.col(), RELEASE.col())
        .agg(max(ReleaseMemory.BUSINESS_DATE.col()).as(UNTIL.name()))
        .withColumn(UNTIL.name(), lead(UNTIL.col(), 1).over(order))
        .filter(
            coalesce(
                not(UNTIL.col().lt(lit(standing.workspace().date().minusDays(days)))), lit(true)))
        .drop(UNTIL.name());
  }
}
