package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.privacy.engine.RandomUnions;
import com.segumento.privacy.engine.RandomUnions.Triple;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate finds what a look at all three cells of the same labels finds, person by person. */
@ExtendWith(SparkExtension.class)
class PublishedUnionsTest {
  private static final int CELLS = 200;

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void findsAllThatTellOfFew(int k, SparkSession spark) {
    RandomUnions sets = new RandomUnions(100 + k, k, CELLS);
    List<List<String>> telling =
        sets.triples(Set.of())
            .filter(triple -> triple.told() > 0 && triple.told() < k)
            .map(PublishedUnionsTest::names)
            .toList();
    assertThat(telling).isNotEmpty();
    try (KeptRows standing = sets.standing(spark, Set.of());
        KeptRows changed = sets.changed(spark, Set.of())) {
      List<List<String>> found =
          new PublishedUnions(k)
              .telling(standing.rows(), changed.rows()).collectAsList().stream()
                  .map(PublishedUnionsTest::names)
                  .toList();
      assertThat(found).containsExactlyInAnyOrderElementsOf(telling);
    }
  }

  private static List<String> names(Row found) {
    return List.of(found.getString(0), found.getString(1), found.getString(2), found.getString(3));
  }

  private static List<String> names(Triple triple) {
    return List.of(
        triple.cell(), triple.part().segment(), triple.other().segment(), triple.union().segment());
  }
}
