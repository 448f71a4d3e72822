package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the gate finds that totals and parts of different nights, or segments, tell. */
@ExtendWith(SparkExtension.class)
class PublishedRemaindersTest {
  private static final List<RandomRemainders> ALL =
      IntStream.range(900, 1200).mapToObj(RandomRemainders::of).toList();
  private static final PublishedRemainders REMAINDERS =
      new PublishedRemainders(
          RandomRemainders.K, RandomRemainders.TONIGHT, RandomRemainders.OLDEST);

  private static KeptRows memory;
  private static Dataset<Row> alike;
  private static Dataset<Row> unlike;

  @BeforeAll
  static void play(SparkSession spark) {
    // A plan that holds the rows would be compared with all of them again and again.
    memory =
        KeptRows.of(
            spark.createDataFrame(
                ALL.stream().flatMap(each -> each.memory(true).stream()).toList(),
                ReleaseMemory.SCHEMA));
    Column ours = ReleaseMemory.SHAPE.col().equalTo(RandomRemainders.OURS);
    alike = memory.rows().filter(ours);
    unlike = memory.rows().filter(not(ours));
  }

  @AfterAll
  static void forget() {
    memory.close();
  }

  @Test
  void findsWhatTellsOfFew() {
    assertThat(segments(REMAINDERS.telling(alike, unlike).collectAsList()))
        .isEqualTo(telling(RandomRemainders::waiting));
  }

  @Test
  void findsWhatTellsOfFewBesideOtherSegments() {
    assertThat(segments(new RemaindersOfSegments(REMAINDERS).telling(alike, unlike)))
        .isEqualTo(telling(RandomRemainders::waitingForOthers));
  }

  @Test
  void findsWhatTellsOfTheGrowthOfFew() {
    for (LocalDate oldest : List.of(RandomRemainders.OLDEST, RandomRemainders.date(0))) {
      PublishedGrowth growth =
          new PublishedGrowth(RandomRemainders.K, RandomRemainders.TONIGHT, oldest);
      Dataset<Row> parts = growth.parts(alike, unlike);
      assertThat(segments(growth.telling(alike, unlike, parts).collectAsList()))
          .isEqualTo(telling(each -> new GrowthRule(each, oldest).waiting()));
    }
  }

  @Test
  void comparesSegmentsByKeys() {
    RemaindersOfSegments remainders = new RemaindersOfSegments(REMAINDERS);
    Dataset<Row> now = PublishedRemainders.now(alike);
    Dataset<Row> cells = REMAINDERS.cells(alike);
    Dataset<Row> others = PublishedRemainders.others(unlike);
    Dataset<Row> seen = remainders.seen(now, cells, others);
    Dataset<Row> telling = remainders.telling(now, cells, others, seen);
    assertThat(telling.queryExecution().executedPlan().toString())
        .contains("Join")
        .doesNotContain("BroadcastNestedLoopJoin")
        .doesNotContain("CartesianProduct");
  }

  private static Set<String> telling(Function<RandomRemainders, Set<String>> rule) {
    Set<String> telling = new TreeSet<>();
    ALL.forEach(
        each ->
            rule.apply(each).forEach(cell -> telling.add(cell.substring(0, cell.indexOf(' ')))));
    assertThat(telling).hasSizeGreaterThan(20);
    return telling;
  }

  private static Set<String> segments(List<Row> rows) {
    Set<String> segments = new TreeSet<>();
    rows.forEach(row -> segments.add(row.getString(0)));
    return segments;
  }
}
