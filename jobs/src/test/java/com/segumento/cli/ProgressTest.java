package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String CLEAR = "\r\u001B[K";

  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void logsALineAsAStepBeginsAndOneAsItEnds() {
    try (PlainProgress progress = new PlainProgress(out)) {
      progress.begin("acme: ingest");
      progress.begin("acme: ingest orders");
      progress.end("12 rows");
      progress.end("done in 3.0 s");
    }
    assertThat(text.toString().lines())
        .containsExactly(
            "acme: ingest …",
            "acme: ingest orders …",
            "acme: ingest orders: 12 rows",
            "acme: ingest: done in 3.0 s");
  }

  @Test
  void drawsTheInnermostStepAgainInOneLine() {
    try (MovingProgress progress = new MovingProgress(out, () -> () -> 7.4)) {
      progress.begin("acme: ingest");
      progress.begin("orders");
      progress.draw();
      progress.end("12 rows");
      progress.end("failed");
    }
    assertThat(text)
        .hasToString(
            String.join(
                "",
                CLEAR + "⠋ acme: ingest (7 s)",
                CLEAR + "⠙ orders (7 s)",
                CLEAR + "⠹ orders (7 s)",
                CLEAR + "✓ orders: 12 rows" + System.lineSeparator(),
                CLEAR + "⠸ acme: ingest (7 s)",
                CLEAR + "✗ acme: ingest: failed" + System.lineSeparator()));
  }

  @Test
  void leavesNoHalfDrawnLineWhereTheWorkBreaksOff() {
    try (MovingProgress progress = new MovingProgress(out, () -> () -> 0)) {
      progress.begin("acme: ingest");
    }
    assertThat(text).hasToString(CLEAR + "⠋ acme: ingest (0 s)" + CLEAR);
  }
}
