package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.privacy.engine.RandomNeighbours.Pair;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gives way is what a look at every two sets finds, person by person. */
@ExtendWith(SparkExtension.class)
class StandingPairsTest {
  private static final int CELLS = 200;

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void noTwoSetsTellOfFew(int k, SparkSession spark) {
    RandomNeighbours sets = new RandomNeighbours(k, k, CELLS);
    Map<Long, Long> apart =
        sets.pairs().collect(Collectors.groupingBy(Pair::apart, Collectors.counting()));
    assertThat(apart).as("none, k-1 and k persons").containsKeys(0L, k - 1L, (long) k);
    try (KeptRows sizes = sets.sizes(spark);
        KeptRows changed = sets.changed(spark);
        KeptRows proposed = sets.proposed(spark);
        KeptRows memory = sets.memory(spark)) {
      Dataset<Row> found =
          new StandingPairs(k, RandomNeighbours.OLDEST, RandomNeighbours.TONIGHT)
              .of(sizes.rows(), changed.rows(), proposed.rows(), memory.rows());
      assertThat(found.queryExecution().executedPlan().toString())
          .doesNotContain("NestedLoopJoin")
          .doesNotContain("CartesianProduct");
      assertThat(found.collectAsList())
          .extracting(row -> List.of(row.getString(0), row.getString(1)))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              sets.pairs()
                  .filter(pair -> pair.apart() > 0 && pair.apart() < k)
                  .filter(
                      pair ->
                          pair.release() < RandomNeighbours.TONIGHT
                              || pair.other().compareTo(pair.segment()) < 0)
                  .map(pair -> List.of(pair.segment(), pair.cell()))
                  .collect(Collectors.toSet()));
    }
  }
}
