package com.segumento.model;

/** Another run holds the lease on this client. */
public final class LeaseHeldException extends JobException {
  private static final long serialVersionUID = 1L;

  /** The exit status of this kind of failure. */
  public static final int EXIT_STATUS = 5;

  public LeaseHeldException(String message) {
    super(EXIT_STATUS, message, null);
  }

  public LeaseHeldException(String message, Throwable cause) {
    super(EXIT_STATUS, message, cause);
  }
}
