package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.GrowthRule;
import com.segumento.privacy.RandomRemainders;
import com.segumento.testkit.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which sets wait because of totals, or parts, of other nights and of other segments. */
@ExtendWith(SparkExtension.class)
class StandingRemaindersTest {
  private static final List<RandomRemainders> ALL =
      IntStream.range(0, 300).mapToObj(RandomRemainders::of).toList();
  private static final Remainders REMAINDERS =
      new Remainders(RandomRemainders.K, RandomRemainders.OLDEST);

  private static final StructType ELEMENTS =
      Field.schema(
          StandingElements.SEGMENT,
          StandingElements.CELL,
          StandingElements.FIGURE,
          StandingElements.PERSON,
          StandingElements.TRUE_NOW,
          StandingElements.STOOD,
          StandingElements.EVENTS);

  private static KeptRows tonight;
  private static KeptRows memory;
  private static Dataset<Row> now;
  private static Dataset<Row> others;

  @BeforeAll
  static void play(SparkSession spark) {
    StructType rows =
        Field.schema(
            StandingElements.SEGMENT,
            StandingElements.CELL,
            StandingElements.PERSON,
            Remainders.NEW);
    tonight = kept(spark, ALL.stream().flatMap(each -> each.now().stream()).toList(), rows);
    memory =
        kept(
            spark,
            ALL.stream().flatMap(each -> each.memory(false).stream()).toList(),
            ReleaseMemory.SCHEMA);
    now = tonight.rows();
    others = memory.rows().filter(ReleaseMemory.SHAPE.col().notEqual(RandomRemainders.OURS));
  }

  // A plan that holds the rows would be compared with all of them again and again.
  private static KeptRows kept(SparkSession spark, List<Row> rows, StructType schema) {
    return KeptRows.of(spark.createDataFrame(rows, schema));
  }

  @AfterAll
  static void forget() {
    tonight.close();
    memory.close();
  }

  @Test
  void theSameSetsWaitAsByTheRule() {
    StandingRemainders remainders = new StandingRemainders(REMAINDERS);
    Dataset<Row> together = StandingRemainders.together(now, others);
    joinsByKey(remainders.waiting(now, together));
    assertThat(cells(remainders.conflicting(now, others)))
        .containsExactlyInAnyOrderElementsOf(waiting(RandomRemainders::waiting));
  }

  @Test
  void theSameSetsWaitForOtherSegmentsAsByTheRule() {
    SegmentRemainders remainders = new SegmentRemainders(REMAINDERS);
    Dataset<Row> events = Remainders.events(others);
    joinsByKey(remainders.waiting(now, events, remainders.met(now, events)));
    assertThat(cells(remainders.conflicting(now, others)))
        .containsExactlyInAnyOrderElementsOf(waiting(RandomRemainders::waitingForOthers));
  }

  @Test
  void theSameSetsWaitForTheGrowthOfTotalsAsByTheRule(SparkSession spark) {
    try (KeptRows elements =
            kept(spark, ALL.stream().flatMap(each -> each.elements().stream()).toList(), ELEMENTS);
        KeptRows decisions =
            KeptRows.of(
                tonight
                    .rows()
                    .groupBy(StandingElements.SEGMENT.col(), StandingElements.CELL.col())
                    .agg(StandingDecisions.CHANGED.as(max(Remainders.NEW.col())))
                    .withColumn(StandingElements.FIGURE.name(), lit(ReleaseMemory.PERSONS))
                    .withColumn(StandingDecisions.CHOICE.name(), lit(StandingDecisions.NOW)));
        KeptRows histories =
            KeptRows.of(
                TotalHistories.of(
                    elements.rows(), decisions.rows(), RandomRemainders.OURS, others))) {
      for (LocalDate oldest : List.of(RandomRemainders.OLDEST, RandomRemainders.date(0))) {
        StandingGrowth growth = new StandingGrowth(RandomRemainders.K, oldest);
        assertThat(cells(growth.conflicting(histories.rows(), decisions.rows())))
            .containsExactlyInAnyOrderElementsOf(
                waiting(each -> new GrowthRule(each, oldest).waiting()));
      }
      Dataset<Row> decided = TotalHistories.decided(histories.rows(), decisions.rows());
      Dataset<Row> parts = new TotalParts(RandomRemainders.K).of(decided);
      joinsByKey(
          new StandingGrowth(RandomRemainders.K, RandomRemainders.OLDEST).waiting(decided, parts));
    }
  }

  private static Set<String> waiting(Function<RandomRemainders, Set<String>> rule) {
    Set<String> waiting = new TreeSet<>();
    ALL.forEach(each -> waiting.addAll(rule.apply(each)));
    assertThat(waiting).hasSizeGreaterThan(30);
    return waiting;
  }

  private static List<String> cells(List<Row> rows) {
    return rows.stream().map(row -> row.getString(0) + " " + row.getString(1)).toList();
  }

  private static void joinsByKey(Dataset<Row> rows) {
    assertThat(rows.queryExecution().executedPlan().toString())
        .contains("Join")
        .doesNotContain("BroadcastNestedLoopJoin")
        .doesNotContain("CartesianProduct");
  }
}
