package com.segumento.pipeline;

import com.segumento.model.JobException;
import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.SafeTrace;

/**
 * Why a client's run ended early.
 *
 * @param exitStatus what the process says when all clients failed so
 * @param message one line; no row, token or key in it
 */
public record Failure(Status status, int exitStatus, String message) {
  /** Exit status of what nobody foresaw. */
  public static final int UNEXPECTED = 1;

  static Failure of(Exception cause) {
    return cause instanceof JobException refused
        ? new Failure(Status.REFUSED, refused.exitStatus(), refused.getMessage())
        : new Failure(Status.FAILED, UNEXPECTED, SafeTrace.line(cause));
  }
}
