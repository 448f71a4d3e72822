package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.privacy.engine.RandomLabels.Pair;
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

/** What gives way is what a look at every two cells of a segment finds, person by person. */
@ExtendWith(SparkExtension.class)
class OtherLabelsTest {
  private static final int SEGMENTS = 200;

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void noTwoCellsTellOfFew(int k, SparkSession spark) {
    RandomLabels sets = new RandomLabels(300 + k, k, SEGMENTS);
    Map<Long, Long> apart =
        sets.pairs().collect(Collectors.groupingBy(Pair::apart, Collectors.counting()));
    assertThat(apart).as("none, k-1 and k persons").containsKeys(0L, k - 1L, (long) k);
    try (KeptRows changed = sets.changed(spark);
        KeptRows stood = sets.stood(spark)) {
      Dataset<Row> found = new OtherLabels(k).telling(changed.rows(), stood.rows());
      assertThat(found.queryExecution().executedPlan().toString())
          .doesNotContain("NestedLoopJoin")
          .doesNotContain("CartesianProduct");
      assertThat(found.distinct().collectAsList())
          .extracting(row -> List.of(row.getString(0), row.getString(1)))
          .containsExactlyInAnyOrderElementsOf(
              sets.pairs()
                  .filter(pair -> pair.apart() > 0 && pair.apart() < k)
                  .filter(pair -> !pair.bothNew() || pair.other().compareTo(pair.cell()) < 0)
                  .map(pair -> List.of(pair.segment(), pair.cell()))
                  .collect(Collectors.toSet()));
    }
  }
}
