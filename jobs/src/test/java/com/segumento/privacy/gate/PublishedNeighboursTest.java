package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.KeptRows;
import com.segumento.privacy.engine.RandomNeighbours;
import com.segumento.privacy.engine.RandomNeighbours.Figure;
import com.segumento.privacy.engine.RandomNeighbours.Telling;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate finds what a look at every two figures finds, person by person. */
@ExtendWith(SparkExtension.class)
class PublishedNeighboursTest {
  private static final int CELLS = 300;

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void findsAllThatTellOfFew(int k, SparkSession spark) {
    RandomNeighbours neighbours = new RandomNeighbours(100 + k, k, CELLS);
    Set<List<String>> sets = telling(k, Violation.NEARLY_ANOTHER_SEGMENT, neighbours.sets());
    Set<List<String>> changes =
        telling(k, Violation.CHANGED_NEARLY_AS_ANOTHER_SEGMENT, neighbours.lastChanges());
    assertThat(sets).isNotEmpty();
    assertThat(changes).isNotEmpty();
    try (KeptRows memory = neighbours.changes(spark, 1, RandomNeighbours.TONIGHT)) {
      assertThat(
              StandingChanges.besideOthers(
                      memory.rows(), RandomNeighbours.OLDEST, k, 0, RandomNeighbours.TONIGHT)
                  .collectAsList())
          .extracting(PublishedNeighboursTest::names)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(sets.stream(), changes.stream()).toList());
    }
  }

  private static Set<List<String>> telling(int k, Violation violation, Stream<Telling> all) {
    return all.filter(telling -> telling.persons() > 0 && telling.persons() < k)
        .map(telling -> names(telling, violation))
        .collect(Collectors.toSet());
  }

  private static List<String> names(Telling telling, Violation violation) {
    return names(telling.cell(), telling.one(), telling.two(), violation.name());
  }

  private static List<String> names(Row found) {
    Figure one = new Figure(found.getString(1), found.getString(2));
    Figure two = new Figure(found.getString(3), found.getString(4));
    String violation = found.getString(5);
    boolean ordered =
        violation.equals(Violation.NEARLY_ANOTHER_SEGMENT.name()) || one.compareTo(two) < 0;
    return names(found.getString(0), ordered ? one : two, ordered ? two : one, violation);
  }

  private static List<String> names(String cell, Figure one, Figure two, String violation) {
    return List.of(cell, one.segment(), one.name(), two.segment(), two.name(), violation);
  }
}
