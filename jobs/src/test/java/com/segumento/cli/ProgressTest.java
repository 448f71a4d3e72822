package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
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
  void keepsTheStepsOfClientsThatRunSideBySideApart() throws Exception {
    try (PlainProgress plain = new PlainProgress(out);
        MovingProgress moving = new MovingProgress(out, () -> () -> 7.4)) {
      for (Progress progress : List.of(plain, moving)) {
        progress.begin("acme: ingest");
        Thread other = new Thread(() -> progress.begin("retail: enrich"));
        other.start();
        other.join();
        progress.end("done");
      }
    }
    assertThat(text)
        .hasToString(
            String.join(
                "",
                "acme: ingest …" + System.lineSeparator(),
                "retail: enrich …" + System.lineSeparator(),
                "acme: ingest: done" + System.lineSeparator(),
                CLEAR + "⠋ acme: ingest (7 s)",
                CLEAR + "⠙ acme: ingest (7 s) · retail: enrich (7 s)",
                CLEAR + "✓ acme: ingest: done" + System.lineSeparator(),
                CLEAR + "⠹ retail: enrich (7 s)",
                CLEAR));
  }

  @Test
  void leavesNoHalfDrawnLineWhereTheWorkBreaksOff() {
    try (MovingProgress progress = new MovingProgress(out, () -> () -> 0)) {
      progress.begin("acme: ingest");
    }
    assertThat(text).hasToString(CLEAR + "⠋ acme: ingest (0 s)" + CLEAR);
  }
}
