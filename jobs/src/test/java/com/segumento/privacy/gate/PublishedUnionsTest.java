package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.privacy.engine.RandomUnions;
import com.segumento.privacy.engine.RandomUnions.Triple;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate finds all that a look at three cells of the same labels finds, person by person. */
@ExtendWith(SparkExtension.class)
class PublishedUnionsTest {
  private static final int CELLS = 200;

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void findsAllThatTellOfFew(int k, SparkSession spark) {
    RandomUnions sets = new RandomUnions(100 + k, k, CELLS);
    List<List<String>> telling = names(sets, triple -> triple.told() < k);
    assertThat(telling).isNotEmpty();
    try (KeptRows standing = sets.standing(spark, Set.of());
        KeptRows changed = sets.changed(spark, Set.of())) {
      List<List<String>> found =
          new PublishedUnions(k)
              .telling(standing.rows(), changed.rows()).collectAsList().stream()
                  .map(PublishedUnionsTest::names)
                  .toList();
      assertThat(found).doesNotHaveDuplicates().containsAll(telling);
      assertThat(names(sets, triple -> triple.told() < k + 3 * triple.inAll()))
          .as("others may tell of few, by how many are in two of them")
          .containsAll(found);
    }
  }

  private static List<List<String>> names(RandomUnions sets, Predicate<Triple> telling) {
    return sets.triples(Set.of())
        .filter(triple -> triple.told() > 0)
        .filter(telling)
        .map(PublishedUnionsTest::names)
        .toList();
  }

  private static List<String> names(Row found) {
    return List.of(found.getString(0), found.getString(1), found.getString(2), found.getString(3));
  }

  private static List<String> names(Triple triple) {
    return List.of(
        triple.cell(), triple.part().segment(), triple.other().segment(), triple.union().segment());
  }
}
