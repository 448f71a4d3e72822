package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.model.Field;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.RandomMoves;
import com.segumento.privacy.RandomMoves.Element;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which sets wait because sums of cells would tell of few. */
@ExtendWith(SparkExtension.class)
class StandingMovesTest {
  private static final List<RandomMoves> MOVES =
      IntStream.range(0, 300).mapToObj(RandomMoves::of).toList();

  @Test
  void whatTheRuleLetsPassTellsOfFewByNoSum() {
    List<RandomMoves> many = IntStream.range(0, 20_000).mapToObj(RandomMoves::of).toList();
    assertThat(many.stream().filter(moves -> !moves.tells()))
        .hasSizeGreaterThan(500)
        .noneMatch(RandomMoves::anySumTells);
    assertThat(many.stream().filter(RandomMoves::anySumTells)).hasSizeGreaterThan(500);
  }

  @Test
  void theSameSetsWaitAsByTheRule(SparkSession spark) {
    Set<String> waiting = new TreeSet<>();
    MOVES.forEach(
        moves -> moves.conflicting().forEach(cell -> waiting.add(moves.segment() + " " + cell)));
    assertThat(waiting).hasSizeGreaterThan(100);
    Dataset<Row> decisions =
        spark.createDataFrame(
            decisions(),
            Field.schema(
                StandingElements.SEGMENT,
                StandingElements.CELL,
                StandingElements.FIGURE,
                StandingDecisions.CHOICE,
                StandingDecisions.CHANGED));
    Dataset<Row> elements =
        spark.createDataFrame(
            elements(),
            Field.schema(
                StandingElements.SEGMENT,
                StandingElements.CELL,
                StandingElements.FIGURE,
                StandingElements.PERSON,
                StandingElements.SHARE,
                StandingElements.TRUE_NOW,
                StandingElements.STOOD,
                StandingElements.EVENTS));
    StandingMoves moves = new StandingMoves(RandomMoves.K, RandomMoves.OLDEST);
    try (KeptRows histories = KeptRows.of(StandingMoves.histories(elements))) {
      assertThat(moves.conflicting(histories.rows(), decisions))
          .extracting(row -> row.getString(0) + " " + row.getString(1))
          .containsExactlyInAnyOrderElementsOf(waiting);
      assertThat(
              new StandingMoves(RandomMoves.K, RandomMoves.date(0))
                  .conflicting(histories.rows(), decisions)
                  .size())
          .as("sets of which all but the last are forgotten")
          .isBetween(1, waiting.size() - 1);
      Dataset<Row> spans = moves.spans(histories.rows(), decisions);
      assertThat(
              moves
                  .conflicts(spans, moves.telling(spans), decisions)
                  .queryExecution()
                  .executedPlan()
                  .toString())
          .contains("Join")
          .doesNotContain("BroadcastNestedLoopJoin")
          .doesNotContain("CartesianProduct");
    }
  }

  private static List<Row> decisions() {
    List<Row> rows = new ArrayList<>();
    for (RandomMoves moves : MOVES) {
      moves
          .changed()
          .forEach(
              cell ->
                  rows.add(
                      RowFactory.create(
                          moves.segment(), cell, moves.figure(), StandingDecisions.NOW, true)));
    }
    return rows;
  }

  private static List<Row> elements() {
    List<Row> rows = new ArrayList<>();
    for (RandomMoves moves : MOVES) {
      Set<Element> stood = moves.standing(RandomMoves.TONIGHT);
      Set<Element> now = moves.standing(RandomMoves.TONIGHT + 1);
      Set<Element> all = new HashSet<>();
      moves.deeds().forEach(deed -> all.add(deed.element()));
      for (Element one : all) {
        List<Row> events =
            moves.deeds().stream()
                .filter(deed -> deed.element().equals(one))
                .filter(deed -> deed.release() < RandomMoves.TONIGHT)
                .map(
                    deed ->
                        RowFactory.create(
                            (long) deed.release(),
                            Date.valueOf(RandomMoves.date(deed.release())),
                            deed.change()))
                .toList();
        rows.add(
            RowFactory.create(
                moves.segment(),
                one.cell(),
                moves.figure(),
                CellFixture.key(one.person()),
                BigDecimal.valueOf(one.share()),
                now.contains(one) ? 1 : 0,
                stood.contains(one) ? 1 : 0,
                events));
      }
    }
    return rows;
  }
}
