package com.segumento.ops;

/**
 * Measures how long something took, whatever happens to the wall clock meanwhile.
 *
 * @param startedAt the JVM's own count of nanoseconds; it means nothing outside
 */
public record Stopwatch(long startedAt) {

  /** A stopwatch that runs from now on. */
  public static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  /** Seconds since the start. */
  public double seconds() {
    return (System.nanoTime() - startedAt) / 1e9;
  }
}
