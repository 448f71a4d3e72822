package com.segumento.ops;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The clock. Runs, leases and reports say when something happened; what is computed depends on the
 * business date only, but that nothing is forgotten for a date that lies ahead.
 */
public final class Ticker {
  private Ticker() {}

  /** The present, as fine as tables keep it: in microseconds. */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** Today, by UTC. */
  public static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  /**
   * A date, or today (UTC) where it lies ahead: what is kept for so many days is kept until then,
   * whatever business date a command is given.
   */
  public static LocalDate reached(LocalDate date) {
    LocalDate today = today();
    return date.isAfter(today) ? today : date;
  }
}
