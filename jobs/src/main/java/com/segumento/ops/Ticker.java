package com.segumento.ops;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The clock. Runs, leases and reports say when something happened; what is computed depends on the
 * business date only.
 */
public final class Ticker {
  private Ticker() {}

  /** The present, as fine as tables keep it: in microseconds. */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
