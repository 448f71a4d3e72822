package com.segumento.model;

/** A setting or an argument is wrong; nothing was touched. */
public final class ConfigException extends JobException {
  private static final long serialVersionUID = 1L;

  /** The exit status of this kind of failure. */
  public static final int EXIT_STATUS = 2;

  public ConfigException(String message) {
    super(EXIT_STATUS, message, null);
  }

  public ConfigException(String message, Throwable cause) {
    super(EXIT_STATUS, message, cause);
  }

  /**
   * An error of the form {@code Invalid setting privacy.k: 1. Expected an integer of at least 2.}
   */
  public static ConfigException invalid(String path, Object value, String expected) {
    return new ConfigException(
        "Invalid setting " + path + ": " + value + ". Expected " + expected + ".");
  }
}
