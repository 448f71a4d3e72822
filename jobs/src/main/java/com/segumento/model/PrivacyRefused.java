package com.segumento.model;

/** The privacy gate refused: nothing of the export was published. */
public final class PrivacyRefused extends JobException {
  private static final long serialVersionUID = 1L;

  /** The exit status of this kind of failure. */
  public static final int EXIT_STATUS = 3;

  public PrivacyRefused(String message) {
    super(EXIT_STATUS, message, null);
  }

  public PrivacyRefused(String message, Throwable cause) {
    super(EXIT_STATUS, message, cause);
  }
}
