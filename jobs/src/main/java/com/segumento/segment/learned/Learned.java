package com.segumento.segment.learned;

import java.util.stream.DoubleStream;

/** What all that is learned has in common. */
final class Learned {
  /** Of every random choice. */
  static final long SEED = 20260101L;

  /** Persons a sample holds at most. */
  static final long LIMIT = 100_000;

  private static final double DIGITS = 1e6;

  private Learned() {}

  /** Without the last bits of arithmetic, which differ between processors. */
  static double[] rounded(double... numbers) {
    return DoubleStream.of(numbers).map(number -> Math.rint(number * DIGITS) / DIGITS).toArray();
  }
}
