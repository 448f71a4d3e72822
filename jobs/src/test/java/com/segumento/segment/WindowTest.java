package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
  @ParameterizedTest(name = "{0} on {1}: {2} to {3}")
  @CsvSource({
    "1d, 2024-03-01, 2024-03-01, 2024-03-01",
    "90d, 2024-03-01, 2023-12-03, 2024-03-01",
    "28d ending 7d ago, 2024-03-07, 2024-02-02, 2024-02-29",
    "3650d, 2024-03-01, 2014-03-05, 2024-03-01",
    "this month, 2024-02-29, 2024-02-01, 2024-02-29",
    "this month, 2024-03-01, 2024-03-01, 2024-03-01",
    "last month, 2024-03-31, 2024-02-01, 2024-02-29",
    "last month, 2024-01-01, 2023-12-01, 2023-12-31",
    "since 2024-02-29, 2024-02-29, 2024-02-29, 2024-02-29",
    "since 2024-02-28, 2024-03-01, 2024-02-28, 2024-03-01"
  })
  void isWholeDays(String text, LocalDate date, LocalDate first, LocalDate last) {
    assertThat(Window.parse(text).orElseThrow().span(date)).isEqualTo(new Span(first, last));
  }

  @ParameterizedTest(name = "{0} on {1}, before: {2} to {3}")
  @CsvSource({
    "7d, 2024-03-07, 2024-02-23, 2024-02-29",
    "28d ending 7d ago, 2024-03-07, 2024-01-05, 2024-02-01",
    "this month, 2024-03-02, 2024-02-28, 2024-02-29",
    "last month, 2024-03-31, 2024-01-03, 2024-01-31"
  })
  void comesAfterOneOfTheSameLength(String text, LocalDate date, LocalDate first, LocalDate last) {
    assertThat(Window.parse(text).orElseThrow().span(date).before())
        .isEqualTo(new Span(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"since 2024-03-02", "since 2030-01-01"})
  void thatBeginsAfterTheDateHasNoDays(String text) {
    Span span = Window.parse(text).orElseThrow().span(LocalDate.of(2024, 3, 1));
    assertThat(span.days()).isZero();
    assertThat(span.before().days()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0d",
        "3651d",
        "3650d ending 1d ago",
        "7",
        "7d ago",
        "7d ending 0d ago",
        "since 2024-02-30",
        "since yesterday",
        "next month",
        " 7d",
        ""
      })
  void isNothingElse(String text) {
    assertThat(Window.parse(text)).isEmpty();
  }
}
