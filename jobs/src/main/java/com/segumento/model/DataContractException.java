package com.segumento.model;

/** A client broke the data contract: nothing of the drop was ingested. */
public final class DataContractException extends JobException {
  private static final long serialVersionUID = 1L;

  /** The exit status of this kind of failure. */
  public static final int EXIT_STATUS = 4;

  public DataContractException(String message) {
    super(EXIT_STATUS, message, null);
  }

  public DataContractException(String message, Throwable cause) {
    super(EXIT_STATUS, message, cause);
  }
}
