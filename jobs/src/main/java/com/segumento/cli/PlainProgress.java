package com.segumento.cli;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/** A line as a step begins and one as it ends, for logs. */
final class PlainProgress implements ConsoleProgress {
  private final PrintWriter out;
  private final Deque<String> steps = new ArrayDeque<>();

  PlainProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void begin(String step) {
    steps.push(step);
    say(step + " …");
  }

  @Override
  public synchronized void end(String outcome) {
    say(steps.pop() + ": " + outcome);
  }

  @Override
  public void close() {}

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
