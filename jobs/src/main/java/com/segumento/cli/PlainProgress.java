package com.segumento.cli;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/** A line as a step begins and one as it ends, for logs. Each thread has steps of its own. */
final class PlainProgress implements ConsoleProgress {
  private final PrintWriter out;
  private final ThreadLocal<Deque<String>> steps = ThreadLocal.withInitial(ArrayDeque::new);

  PlainProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void begin(String step) {
    steps.get().push(step);
    say(step + " …");
  }

  @Override
  public synchronized void end(String outcome) {
    say(steps.get().pop() + ": " + outcome);
  }

  @Override
  public void close() {}

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
