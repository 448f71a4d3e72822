package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.privacy.engine.RandomUnions.Place;
import com.segumento.privacy.engine.RandomUnions.Triple;
import com.segumento.testkit.SparkExtension;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gives way is what a look at all sets of any three segments finds, person by person. */
@ExtendWith(SparkExtension.class)
class StandingUnionsTest {
  private static final int CELLS = 200;

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void noThreeSetsTellOfFew(int k, SparkSession spark) {
    RandomUnions sets = new RandomUnions(k, k, CELLS);
    Map<Long, Long> told =
        sets.triples().collect(Collectors.groupingBy(Triple::told, Collectors.counting()));
    assertThat(told).as("none, k-1 and k persons are told of").containsKeys(0L, k - 1L, (long) k);
    Set<Place> back;
    try (KeptRows changed = sets.changed(spark);
        KeptRows memory = sets.memory(spark)) {
      Dataset<Row> found = new StandingUnions(k).of(changed.rows(), memory.rows());
      assertThat(found.queryExecution().executedPlan().toString())
          .doesNotContain("NestedLoopJoin")
          .doesNotContain("CartesianProduct");
      back =
          found.collectAsList().stream()
              .map(row -> new Place(row.getString(0), row.getString(1)))
              .collect(Collectors.toCollection(HashSet::new));
    }
    assertThat(back).as("all that tell of few").isNotEmpty().containsAll(sets.givingWay(k));
    assertThat(sets.mayGiveWay(k)).as("and what may be, by numbers of two").containsAll(back);
    assertThat(sets.triples(back)).as("new ones are left").isNotEmpty();
    assertThat(sets.triples(back)).noneMatch(triple -> triple.told() > 0 && triple.told() < k);
  }
}
