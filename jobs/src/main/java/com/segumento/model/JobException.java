package com.segumento.model;

/** A failure the operator can act on; its message says what, where and what to do. */
public abstract sealed class JobException extends RuntimeException
    permits ConfigException,
        PrivacyRefused,
        DataContractException,
        LeaseHeldException,
        LeftoversException,
        PartlyDoneException {
  private static final long serialVersionUID = 1L;

  private final int exitStatus;

  JobException(int exitStatus, String message, Throwable cause) {
    super(message, cause);
    this.exitStatus = exitStatus;
  }

  /** The process's exit status for this failure. */
  public int exitStatus() {
    return exitStatus;
  }
}
