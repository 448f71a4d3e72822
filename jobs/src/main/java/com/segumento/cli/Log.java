package com.segumento.cli;

import java.util.Optional;

/** Where our own Log4j settings ({@code conf/log4j2.properties}) put the log. */
final class Log {
  private Log() {}

  static String place() {
    return Optional.ofNullable(System.getenv("SEGUMENTO_LOG_DIR"))
        .map(directory -> directory + "/segumento.log")
        .orElse("as the Spark installation's log4j2.properties says");
  }
}
