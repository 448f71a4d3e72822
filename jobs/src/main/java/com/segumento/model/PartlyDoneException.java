package com.segumento.model;

/** A nightly run in which some clients failed. */
public final class PartlyDoneException extends JobException {
  private static final long serialVersionUID = 1L;

  /** The exit status of this kind of failure. */
  public static final int EXIT_STATUS = 6;

  public PartlyDoneException(String message) {
    super(EXIT_STATUS, message, null);
  }

  public PartlyDoneException(String message, Throwable cause) {
    super(EXIT_STATUS, message, cause);
  }
}
