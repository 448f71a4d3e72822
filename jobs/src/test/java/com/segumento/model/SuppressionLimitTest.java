package com.segumento.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionLimitTest {

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource({
    "0, 100, 0",
    "0.29, 99, 28",
    "0.29, 100, 29", // 28.999999999999996 in binary fractions
    "0.29, 101, 29",
    "0.57, 100, 57",
    "0.05, 19, 0",
    "0.05, 20, 1",
    "0.05, 21, 1",
    "1, 100, 100",
    "1e-9, 999999999, 0",
    "1e-9, 1000000000, 1",
    "0.5, 9223372036854775807, 4611686018427387903"
  })
  void isTheShareAsItIsWritten(double share, long all, long allowed) {
    assertThat(SuppressionLimit.allowed(share, all)).isEqualTo(allowed);
  }
}
