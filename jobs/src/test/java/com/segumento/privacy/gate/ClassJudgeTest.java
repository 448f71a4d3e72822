package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.privacy.gate.ClassJudge.Diverse;
import com.segumento.privacy.gate.ClassJudge.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassJudgeTest {
  @ParameterizedTest(name = "{0} values, l={1}: {2}")
  @CsvSource({"1, 2, false", "2, 2, true", "3, 2, true"})
  void countsDistinctValues(int values, int l, boolean holds) {
    Map<String, Long> counts = new LinkedHashMap<>(Map.of("", 5L)); // a missing one is none
    for (int i = 0; i < values; i++) {
      counts.put("value " + i, 1L);
    }

    assertThat(new Diverse(l, 0, 0, 0).holds(counts)).isEqualTo(holds);
  }

  @Test
  void measuresEntropyAgainstAsManyEquallyFrequentValues() {
    assertThat(new Diverse(0, 3, 0, 0).holds(Map.of("a", 7L, "b", 7L, "c", 7L))).isTrue();
    assertThat(new Diverse(0, 3, 0, 0).holds(Map.of("a", 7L, "b", 7L, "c", 6L))).isFalse();
    assertThat(new Diverse(0, 2, 0, 0).holds(Map.of("a", 7L, "b", 7L, "c", 6L))).isTrue();
  }

  @ParameterizedTest(name = "most frequent {0}: {1}")
  @CsvSource({"5, true", "6, false", "7, false"})
  void comparesTheMostFrequentValueWithTheRarerOnes(long most, boolean holds) {
    Map<String, Long> counts = Map.of("a", most, "b", 4L, "c", 2L, "d", 1L);

    assertThat(new Diverse(0, 0, 2, 3).holds(counts)).isEqualTo(holds);
  }

  /** The example of the paper: salaries 3k to 11k; of three, the lowest or every third. */
  @Test
  void movesEarthInOrder() {
    LinkedHashMap<String, Double> salaries = new LinkedHashMap<>();
    for (int salary = 3; salary <= 11; salary++) {
      salaries.put(salary + "k", 1 / 9.0);
    }
    Map<String, Long> lowest = Map.of("3k", 1L, "4k", 1L, "5k", 1L);
    Map<String, Long> spread = Map.of("6k", 1L, "8k", 1L, "11k", 1L);

    assertThat(whole(0.375, salaries, Export.Closeness.Distance.ORDERED).close(lowest)).isTrue();
    assertThat(whole(0.374, salaries, Export.Closeness.Distance.ORDERED).close(lowest)).isFalse();
    assertThat(whole(0.167, salaries, Export.Closeness.Distance.ORDERED).close(spread)).isTrue();
    assertThat(whole(0.166, salaries, Export.Closeness.Distance.ORDERED).close(spread)).isFalse();
    assertThat(whole(6 / 9.0, salaries, Export.Closeness.Distance.EQUAL).close(lowest)).isTrue();
    assertThat(whole(0.666, salaries, Export.Closeness.Distance.EQUAL).close(lowest)).isFalse();
  }

  @Test
  void movesEarthOverTheTree() {
    LinkedHashMap<String, Double> shares = new LinkedHashMap<>();
    Map<String, List<String>> above = new LinkedHashMap<>();
    for (String value : List.of("a1", "a2", "b1", "b2")) {
      shares.put(value, 0.25);
      above.put(value, List.of(value.substring(0, 1), "*"));
    }
    Whole half = new Whole(0.5, shares, Export.Closeness.Distance.HIERARCHICAL, above);
    Whole quarter = new Whole(0.25, shares, Export.Closeness.Distance.HIERARCHICAL, above);

    // Half of the persons move within their parents, at half the height.
    assertThat(quarter.close(Map.of("a1", 1L, "b1", 1L))).isTrue();
    // Half move from a to b, at the whole height.
    assertThat(half.close(Map.of("a1", 1L, "a2", 1L))).isTrue();
    assertThat(quarter.close(Map.of("a1", 1L, "a2", 1L))).isFalse();
  }

  @Test
  void aValueNobodyHasIsNotClose() {
    LinkedHashMap<String, Double> shares = new LinkedHashMap<>(Map.of("a", 1.0));

    assertThat(whole(1, shares, Export.Closeness.Distance.EQUAL).close(Map.of("b", 1L))).isFalse();
  }

  private static Whole whole(
      double most, Map<String, Double> shares, Export.Closeness.Distance distance) {
    return new Whole(most, new LinkedHashMap<>(shares), distance, Map.of());
  }
}
