package com.segumento.cli;

import com.segumento.ops.Stopwatch;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** One line that is drawn over and over, with the innermost step and its time; for terminals. */
final class MovingProgress implements ConsoleProgress {
  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final String CLEAR = "\r\u001B[K";
  private static final long REDRAW_MILLIS = 120;

  private final PrintWriter out;
  private final Supplier<DoubleSupplier> watches;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Timer drawing = new Timer("progress", true);
  private int drawn;

  /**
   * @param watches gives a stopwatch that runs from then on, in seconds
   */
  MovingProgress(PrintWriter out, Supplier<DoubleSupplier> watches) {
    this.out = out;
    this.watches = watches;
  }

  /** One that redraws itself. */
  static MovingProgress start(PrintWriter out) {
    MovingProgress progress = new MovingProgress(out, () -> Stopwatch.start()::seconds);
    TimerTask draw =
        new TimerTask() {
          @Override
          public void run() {
            progress.draw();
          }
        };
    progress.drawing.schedule(draw, REDRAW_MILLIS, REDRAW_MILLIS);
    return progress;
  }

  private record Step(String name, DoubleSupplier seconds) {}

  @Override
  public synchronized void begin(String step) {
    steps.push(new Step(step, watches.get()));
    draw();
  }

  @Override
  public synchronized void end(String outcome) {
    Step step = steps.pop();
    String mark = outcome.startsWith("failed") ? "✗ " : "✓ ";
    out.println(CLEAR + mark + step.name() + ": " + outcome);
    draw();
  }

  /** Draws the innermost step again. */
  synchronized void draw() {
    if (!steps.isEmpty()) {
      Step step = steps.peek();
      char spin = SPINNER.charAt(drawn++ % SPINNER.length());
      out.print(
          CLEAR
              + String.format(
                  Locale.ROOT, "%s %s (%.0f s)", spin, step.name(), step.seconds().getAsDouble()));
    }
    out.flush();
  }

  @Override
  public synchronized void close() {
    drawing.cancel();
    out.print(steps.isEmpty() ? "" : CLEAR);
    out.flush();
    steps.clear();
  }
}
