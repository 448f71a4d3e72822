package com.segumento.ops;

import com.segumento.model.JobException;

/**
 * A failure as our log may hold it: class names and stack frames, and messages only where they are
 * our own. What Spark, Parquet or the JDK say may quote a row's values, such as a cast that failed.
 */
public final class SafeTrace {
  private static final int DEEPEST_CAUSE = 20;

  private SafeTrace() {}

  /** The stack trace of {@code failure} and its causes, over several lines. */
  public static String of(Throwable failure) {
    StringBuilder trace = new StringBuilder();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      trace.append(depth == 0 ? "" : "Caused by: ").append(cause.getClass().getName());
      if (cause instanceof JobException) {
        trace.append(" - ").append(cause.getMessage());
      }
      for (StackTraceElement frame : cause.getStackTrace()) {
        trace.append("\n\tat ").append(frame);
      }
      trace.append('\n');
      cause = cause.getCause();
    }
    return trace.toString();
  }

  /** One line that may be shown and kept: our own message, or else the kind of the root cause. */
  public static String line(Throwable failure) {
    if (failure instanceof JobException) {
      return failure.getMessage();
    }
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
      root = root.getCause();
    }
    return "Unexpected "
        + root.getClass().getSimpleName()
        + ". What it says is left out, as it may quote data; where it happened is in the log.";
  }
}
