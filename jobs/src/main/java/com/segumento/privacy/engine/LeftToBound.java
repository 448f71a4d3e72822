package com.segumento.privacy.engine;

/**
 * What the persons of a row could still add to a sum: as often its bound as there are persons, less
 * the sum. The p% rule is for that, too: whoever leaves the second most would know nearly what the
 * one does who leaves the most.
 */
final class LeftToBound {
  private final long bound;
  private double all;
  private double first;
  private double second;

  /**
   * Nobody yet.
   *
   * @param bound what one person can add at most, or at least, in millionths
   */
  LeftToBound(long bound) {
    this.bound = bound;
  }

  /**
   * A person.
   *
   * @param counts 1 for one that is counted, else 0
   * @param adds to the sum
   */
  void add(long counts, long adds) {
    double left = Math.abs((double) (counts * bound - adds));
    all += left;
    if (left > first) {
      second = first;
      first = left;
    } else if (left > second) {
      second = left;
    }
  }

  boolean dominated(double p) {
    return all > 0 && (all - first - second) * 100 < first * p;
  }
}
