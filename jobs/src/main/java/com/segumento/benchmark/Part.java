package com.segumento.benchmark;

/**
 * What one client brings to a figure.
 *
 * @param persons distinct persons behind it
 * @param value at least 0; a figure is the mean of these
 */
record Part(long persons, double value) {
  Part {
    if (persons < 0 || !(value >= 0)) {
      throw new IllegalArgumentException("A part is of no negative persons or value");
    }
  }
}
