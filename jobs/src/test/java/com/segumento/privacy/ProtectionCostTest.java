package com.segumento.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionCostTest {
  @ParameterizedTest(name = "{0} missing, {1} off: to the nearest 5 {2} and {3}, at most {4}")
  @CsvSource({"0, 0, 0, 0, 0", "2, 2, 0, 0, 5", "3, 3, 5, 5, 5", "7, 8, 5, 10, 10"})
  void tellsOfNoFewerThanTheStep(
      long missing, long error, long told, long toldError, long largest) {
    ProtectionCost exact = cost(4, 1000, 1000 - missing, error, error);
    assertThat(exact.coarse(5)).isEqualTo(cost(4, 1000, 1000 - told, toldError, largest));
  }

  @Test
  void isAboutRowsAndMembersThatThereAre() {
    assertThat(cost(4, 1000, 950, 6, 3))
        .satisfies(
            cost -> {
              assertThat(cost.meanError()).isEqualTo(1.5);
              assertThat(cost.representedShare()).isEqualTo(0.95);
            });
    assertThat(cost(0, 0, 0, 0, 0))
        .satisfies(
            cost -> {
              assertThat(cost.meanError()).isZero();
              assertThat(cost.representedShare()).isEqualTo(1);
            });
    assertThat(cost(0, 3, 0, 0, 0).coarse(5).represented()).as("3 are nearer to 5").isZero();
  }

  private static ProtectionCost cost(
      long published, long members, long represented, long error, long largest) {
    return new ProtectionCost(
        published, 0, 0, 0, Staleness.NONE, members, represented, error, largest);
  }
}
