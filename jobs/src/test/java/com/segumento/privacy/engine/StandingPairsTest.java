package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.privacy.engine.RandomNeighbours.Telling;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gives way is what a look at every two sets, and changes, finds, person by person. */
@ExtendWith(SparkExtension.class)
class StandingPairsTest {
  private static final int CELLS = 300;

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void noTwoFiguresTellOfFew(int k, SparkSession spark) {
    RandomNeighbours neighbours = new RandomNeighbours(10 + k, k, CELLS);
    assertThat(told(neighbours.sets())).as("sets").containsKeys(0L, k - 1L, (long) k);
    assertThat(told(neighbours.changes())).as("changes").containsKeys(0L, k - 1L, (long) k);
    try (KeptRows proposed = neighbours.proposed(spark);
        KeptRows memory = neighbours.memory(spark)) {
      Dataset<Row> found =
          new StandingPairs(
                  k, RandomNeighbours.OLDEST, RandomNeighbours.TONIGHT, OptionalDouble.empty())
              .of(proposed.rows(), memory.rows(), Set.of());
      assertThat(found.queryExecution().executedPlan().toString())
          .doesNotContain("NestedLoopJoin")
          .doesNotContain("CartesianProduct");
      assertThat(found.collectAsList())
          .extracting(row -> List.of(row.getString(0), row.getString(1), row.getString(2)))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(neighbours.sets(), neighbours.changes())
                  .filter(telling -> telling.persons() > 0 && telling.persons() < k)
                  .map(
                      telling ->
                          List.of(
                              telling.givesWay().segment(),
                              telling.cell(),
                              telling.givesWay().name()))
                  .collect(Collectors.toSet()));
    }
  }

  private static Map<Long, Long> told(Stream<Telling> tellings) {
    return tellings.collect(Collectors.groupingBy(Telling::persons, Collectors.counting()));
  }
}
