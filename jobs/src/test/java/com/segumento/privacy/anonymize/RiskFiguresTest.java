package com.segumento.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RiskFiguresTest {
  /** Before: two classes of 1, one of 4, one of 6; after: one of 4, one of 5. */
  private static final RiskFigures FIGURES =
      new RiskFigures(
          new TreeMap<>(Map.of(1L, 2L, 4L, 1L, 6L, 1L)), new TreeMap<>(Map.of(4L, 1L, 5L, 1L)), 5);

  @Test
  void risksAreThoseOfTheDefinitions() {
    Map<String, Double> risk = FIGURES.breakdowns().get("risk");

    assertThat(risk)
        .containsEntry("Prosecutor, highest: before", 100.0)
        .containsEntry("Prosecutor, highest: after", 25.0)
        .containsEntry("Records at risk: before", 50.0); // 2 and 4 of 12 are in classes below 5
    assertThat(risk.get("Prosecutor, average: before")).isCloseTo(100 * 4 / 12.0, within(1e-12));
    assertThat(risk.get("Marketer: after")).isCloseTo(100 * 2 / 9.0, within(1e-12));
    assertThat(risk.get("Records at risk: after")).isCloseTo(100 * 4 / 9.0, within(1e-12));
    assertThat(risk.get("Journalist, average: after"))
        .isEqualTo(risk.get("Prosecutor, average: after"));
  }

  @Test
  void classSizesAreSharesOfThePersons() {
    Map<String, Double> sizes = FIGURES.breakdowns().get("class_sizes");

    assertThat(sizes.get("1: before")).isCloseTo(100 * 2 / 12.0, within(1e-12));
    assertThat(sizes.get("3 to 4: before")).isCloseTo(100 * 4 / 12.0, within(1e-12));
    assertThat(sizes.get("5 to 9: before")).isCloseTo(100 * 6 / 12.0, within(1e-12));
    assertThat(sizes.get("5 to 9: after")).isCloseTo(100 * 5 / 9.0, within(1e-12));
    assertThat(sizes).containsEntry("1000 and more: after", 0.0).hasSize(18);
  }

  @Test
  void whereNothingIsKeptNothingIsAtRisk() {
    RiskFigures none = new RiskFigures(new TreeMap<>(Map.of(1L, 1L)), new TreeMap<>(), 2);

    assertThat(none.breakdowns().get("risk"))
        .containsEntry("Prosecutor, highest: after", 0.0)
        .containsEntry("Marketer: after", 0.0)
        .containsEntry("Records at risk: after", 0.0);
  }
}
