package com.segumento.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ConfigException;
import org.junit.jupiter.api.Test;

class SafeTraceTest {
  private static final String VALUE = "9f86d081884c7d659a2feaa0c55ad015";

  @Test
  void keepsClassesAndFramesButNoForeignMessage() {
    Throwable failure =
        new IllegalStateException(
            "Job aborted\n" + VALUE, new NumberFormatException("For input: " + VALUE));
    assertThat(SafeTrace.of(failure))
        .doesNotContain(VALUE)
        .startsWith("java.lang.IllegalStateException\n\tat com.segumento.ops.SafeTraceTest")
        .contains("Caused by: java.lang.NumberFormatException\n\tat com.segumento");
    assertThat(SafeTrace.line(failure))
        .isEqualTo(
            "Unexpected NumberFormatException. What it says is left out, as it may quote data;"
                + " where it happened is in the log.");
  }

  @Test
  void keepsOurOwnMessages() {
    ConfigException refused =
        new ConfigException("Invalid setting a: 1. Expected 2.", new RuntimeException(VALUE));
    assertThat(SafeTrace.of(refused))
        .doesNotContain(VALUE)
        .startsWith("com.segumento.model.ConfigException - Invalid setting a: 1. Expected 2.\n");
    assertThat(SafeTrace.line(refused)).isEqualTo("Invalid setting a: 1. Expected 2.");
  }

  @Test
  void endsWhereCausesGoRoundInACircle() {
    Exception first = new Exception(VALUE);
    Exception second = new Exception(VALUE, first);
    first.initCause(second);
    assertThat(SafeTrace.of(first)).doesNotContain(VALUE);
    assertThat(SafeTrace.line(first)).startsWith("Unexpected Exception.");
  }
}
