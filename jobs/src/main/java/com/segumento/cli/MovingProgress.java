package com.segumento.cli;

import com.segumento.ops.Stopwatch;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One line that is drawn over and over, with the innermost step of each thread and its time; for
 * terminals.
 */
final class MovingProgress implements ConsoleProgress {
  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final String CLEAR = "\r\u001B[K";
  private static final long REDRAW_MILLIS = 120;

  private final PrintWriter out;
  private final Supplier<DoubleSupplier> watches;
  private final Map<Thread, Deque<Step>> steps = new LinkedHashMap<>();
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
    steps
        .computeIfAbsent(Thread.currentThread(), thread -> new ArrayDeque<>())
        .push(new Step(step, watches.get()));
    draw();
  }

  @Override
  public synchronized void end(String outcome) {
    Deque<Step> own = steps.get(Thread.currentThread());
    Step step = own.pop();
    if (own.isEmpty()) {
      steps.remove(Thread.currentThread());
    }
    String mark = outcome.startsWith("failed") ? "✗ " : "✓ ";
    out.println(CLEAR + mark + step.name() + ": " + outcome);
    draw();
  }

  /** Draws the innermost steps again. */
  synchronized void draw() {
    if (!steps.isEmpty()) {
      char spin = SPINNER.charAt(drawn++ % SPINNER.length());
      String now =
          steps.values().stream().map(own -> shown(own.peek())).collect(Collectors.joining(" · "));
      out.print(CLEAR + spin + " " + now);
    }
    out.flush();
  }

  private static String shown(Step step) {
    return String.format(Locale.ROOT, "%s (%.0f s)", step.name(), step.seconds().getAsDouble());
  }

  @Override
  public synchronized void close() {
    drawing.cancel();
    out.print(steps.isEmpty() ? "" : CLEAR);
    out.flush();
    steps.clear();
  }
}
