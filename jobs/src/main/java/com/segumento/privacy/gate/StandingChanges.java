package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static com.segumento.privacy.gate.Standing.there;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Compares what a release put behind cells with every set that was published before: of the same
 * cell, of other segments in cells of the same labels, and of the same segment in cells of other
 * labels. Of each earlier set it is known how many persons it shares with the new one by adding up
 * what these did since; so all sets together cost no more than the memory has rows. With others
 * only cells that the release changed are compared; with its own past each that is shown.
 */
record StandingChanges(Standing standing) {
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;
  private static final Field EVENT =
      Field.required("event", Field.schema(ReleaseMemory.RELEASE, ReleaseMemory.CHANGE));
  private static final Field REMEMBERED = Field.required("remembered", DataTypes.BooleanType);
  private static final Field UNTIL = Field.optional("until", DataTypes.DateType);
  private static final Field NOW = Field.required("now", DataTypes.LongType);
  private static final Field THEN = Field.required("then", DataTypes.LongType);
  private static final Field BOTH = Field.required("both", DataTypes.LongType);

  /** Figures of staged cells that changed by 1 to k-1 who came, or who left, since some release. */
  Dataset<Row> creeping(Dataset<Row> staged) {
    return creepingOf(figures(staged));
  }

  /** Those of these figures: segment, cell and figure. */
  Dataset<Row> creepingOf(Dataset<Row> figures) {
    Dataset<Row> ours =
        standing.alike().join(figures, Standing.names(SEGMENT, CELL, FIGURE), "left_semi");
    Column[] figure = {SEGMENT.col(), CELL.col(), FIGURE.col()};
    Dataset<Row> shared =
        Standing.histories(ours)
            .withColumn(NOW.name(), there(lit(standing.versions().release())))
            .withColumn(EVENT.name(), explode(Standing.HISTORY.col()))
            .groupBy(SEGMENT.col(), CELL.col(), FIGURE.col(), RELEASE.as(RELEASE.in(EVENT)))
            .agg(BOTH.as(sum(CHANGE.in(EVENT).multiply(NOW.col()))));
    Column now = max_by(THEN.col(), RELEASE.col());
    Column came = NOW.col().minus(BOTH.col());
    Column left = THEN.col().minus(BOTH.col());
    return states(ours, oldest(), figure)
        .join(shared, Standing.names(SEGMENT, CELL, FIGURE, RELEASE)) // 1:1
        .withColumn(BOTH.name(), sum(BOTH.col()).over(upTo(figure)))
        .withColumn(NOW.name(), now.over(Window.partitionBy(figure)))
        .filter(REMEMBERED.col().and(THEN.col().gt(0)).and(NOW.col().gt(0)))
        .filter(few(came).or(few(left)));
  }

  /** Changed figures that tell of few beside those of another segment, or others of their own. */
  Dataset<Row> besideOthers() {
    return besideOthers(
        standing.alike(),
        oldest(),
        standing.claim().k(),
        standing.claim().dominance(),
        standing.versions().release());
  }

  /**
   * The same.
   *
   * @param alike what is remembered of cells of the same labels, of all segments
   * @param oldest what was replaced before is not compared with
   * @param p of the p% rule; 0 for none
   */
  static Dataset<Row> besideOthers(
      Dataset<Row> alike, LocalDate oldest, int k, double p, long release) {
    Dataset<Row> changed = alike.filter(RELEASE.col().equalTo(release)).select(CELL.col());
    Dataset<Row> memory = alike.join(changed.distinct(), Standing.names(CELL), "left_semi"); // n:1
    Dataset<Row> sets =
        states(memory, oldest, SEGMENT.col(), CELL.col(), FIGURE.col())
            .filter(REMEMBERED.col().and(THEN.col().gt(0)));
    return new PublishedNeighbours(k, p, release).telling(sets, THEN.col(), memory);
  }

  /**
   * Changed cells that differ by 1 to k-1 persons from one of other labels of the same segment.
   *
   * @param fresh whether there is none of the same dimensions but what the release changed
   */
  Dataset<Row> acrossLabels(Dataset<Row> changed, boolean fresh) {
    Dataset<Row> memory =
        fresh ? standing.unlike() : standing.unlike().unionByName(standing.ours());
    return new CellsOfOtherLabels(standing.claim().k(), standing.versions().release())
        .telling(changed, memory);
  }

  private Column few(Column persons) {
    return persons.gt(0).and(persons.lt(standing.claim().k()));
  }

  /** The memory of staged cells of which the release changed a figure. */
  private Dataset<Row> ofChanged(Dataset<Row> staged) {
    return standing
        .alike()
        .join(changed(staged), Standing.names(SEGMENT, CELL, FIGURE), "left_semi");
  }

  /** Figures of staged cells that the release changed. */
  private Dataset<Row> changed(Dataset<Row> staged) {
    return standing
        .alike()
        .filter(RELEASE.col().equalTo(standing.versions().release()))
        .select(SEGMENT.col(), CELL.col(), FIGURE.col())
        .distinct()
        .join(stagedCells(staged), Standing.names(SEGMENT, CELL), "left_semi");
  }

  /** Those, and all that the file shows: another export may have moved them by a smaller k. */
  private Dataset<Row> figures(Dataset<Row> staged) {
    List<Column> shown = new ArrayList<>(List.of(lit(ReleaseMemory.PERSONS)));
    for (int i = 0; i < standing.claim().figures().size(); i++) {
      shown.add(when(StagedRows.claimed(i).col().isNotNull(), lit(standing.figure(i))));
    }
    return staged
        .select(
            SEGMENT.as(StagedRows.key(0).col()),
            CELL.as(standing.shape().stagedCell()),
            FIGURE.as(explode(array_compact(array(shown.toArray(Column[]::new))))))
        .unionByName(changed(staged));
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

  /**
   * All sets there were, one a release that changed one: how many were in it, and whether it is
   * remembered, as those are that stand or were replaced of late.
   *
   * @param oldest those replaced before are not remembered
   * @param of what the sets are of
   */
  private static Dataset<Row> states(Dataset<Row> memory, LocalDate oldest, Column... of) {
    Column[] release =
        Stream.concat(Stream.of(of), Stream.of(RELEASE.col())).toArray(Column[]::new);
    return memory
        .groupBy(release)
        .agg(THEN.as(sum(CHANGE.col())), UNTIL.as(max(ReleaseMemory.BUSINESS_DATE.col())))
        // Whatever replaced it after that day, a set that stood then was seen then.
        .withColumn(UNTIL.name(), max(UNTIL.col()).over(upTo(of)))
        .withColumn(
            UNTIL.name(), lead(UNTIL.col(), 1).over(Window.partitionBy(of).orderBy(RELEASE.col())))
        .withColumn(REMEMBERED.name(), coalesce(not(UNTIL.col().lt(lit(oldest))), lit(true)))
        .withColumn(THEN.name(), sum(THEN.col()).over(upTo(of)))
        .drop(UNTIL.name());
  }

  private LocalDate oldest() {
    int days = standing.workspace().platform().privacy().releaseMemoryDays();
    return standing.workspace().reached().minusDays(days);
  }

  private static WindowSpec upTo(Column... of) {
    return Window.partitionBy(of)
        .orderBy(RELEASE.col())
        .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }
}
