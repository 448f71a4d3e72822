package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.RandomRemainders;
import com.segumento.testkit.SparkExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which sets wait because of totals, or parts, of other nights. */
@ExtendWith(SparkExtension.class)
class StandingRemaindersTest {
  private static final List<RandomRemainders> ALL =
      IntStream.range(0, 900).mapToObj(RandomRemainders::of).toList();

  @Test
  void theSameSetsWaitAsByTheRule(SparkSession spark) {
    Set<String> waiting = new TreeSet<>();
    ALL.forEach(each -> each.waiting().forEach(cell -> waiting.add(each.segment() + " " + cell)));
    assertThat(waiting).hasSizeGreaterThan(30);
    List<Row> now = new ArrayList<>();
    for (RandomRemainders each : ALL) {
      Set<String> changed = each.changed();
      each.standing(RandomRemainders.OURS, RandomRemainders.TONIGHT)
          .forEach(
              (cell, persons) ->
                  persons.forEach(
                      person ->
                          now.add(
                              RowFactory.create(
                                  each.segment(),
                                  cell,
                                  CellFixture.key(person),
                                  changed.contains(cell)))));
    }
    Dataset<Row> others =
        spark
            .createDataFrame(
                ALL.stream().flatMap(each -> each.memory(false).stream()).toList(),
                ReleaseMemory.SCHEMA)
            .filter(ReleaseMemory.SHAPE.col().notEqual(RandomRemainders.OURS));
    StandingRemainders remainders =
        new StandingRemainders(RandomRemainders.K, RandomRemainders.OLDEST);
    Dataset<Row> together =
        remainders.together(
            spark.createDataFrame(
                now,
                Field.schema(
                    StandingElements.SEGMENT,
                    StandingElements.CELL,
                    StandingElements.PERSON,
                    Field.required("new", DataTypes.BooleanType))),
            others);
    assertThat(remainders.waiting(together).queryExecution().executedPlan().toString())
        .contains("Join")
        .doesNotContain("BroadcastNestedLoopJoin")
        .doesNotContain("CartesianProduct");
    assertThat(remainders.waiting(together).collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .containsExactlyInAnyOrderElementsOf(waiting);
  }
}
