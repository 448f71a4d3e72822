package com.segumento.privacy.gate;

import java.util.List;

/** What persons are short of the most they could add, or above the least, under the p% rule. */
final class LeftToBound implements Remainder {
  private final long bound;
  private final double p;
  private final double most;
  private double others;
  private long largest;
  private long second;

  /**
   * Nobody yet.
   *
   * @param bound which everybody would add
   * @param bounds the least and the most that a person adds to the sum
   * @param p of the p% rule
   */
  LeftToBound(long bound, List<Long> bounds, double p) {
    this.bound = bound;
    this.p = p;
    long least = bounds.get(0);
    long highest = bounds.get(1);
    most = Math.max(highest - least, Math.max(Math.abs(least), Math.abs(highest)));
  }

  @Override
  public void add(long counted, long money) {
    long left = Math.abs(bound * counted - money);
    if (left > largest) {
      others += second;
      second = largest;
      largest = left;
    } else if (left > second) {
      others += second;
      second = left;
    } else {
      others += left;
    }
  }

  @Override
  public boolean isOpen() {
    return others * 100.0 < most * p;
  }

  @Override
  public boolean tells() {
    return largest > 0 && others * 100.0 < largest * p;
  }
}
