package com.segumento.cli;

import com.segumento.ops.Progress;
import java.io.PrintWriter;

/** Progress on standard error that is closed when the work is over. */
interface ConsoleProgress extends Progress, AutoCloseable {
  @Override
  void close();

  /** A moving line where somebody watches, plain lines otherwise. */
  static ConsoleProgress of(Surroundings outside, PrintWriter err) {
    boolean watched = outside.console().isPresent() && !"dumb".equals(System.getenv().get("TERM"));
    return watched ? MovingProgress.start(err) : new PlainProgress(err);
  }
}
