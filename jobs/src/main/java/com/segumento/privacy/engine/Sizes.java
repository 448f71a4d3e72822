package com.segumento.privacy.engine;

import java.math.BigDecimal;

/**
 * How much persons add to a sum, or take from it, as the p% rule looks at it: all amounts together
 * and the two largest, whatever their signs.
 *
 * @param all of the amounts that are known, together
 * @param first the largest of them, and {@code second} the next; zero where there is none
 * @param unknown the most that somebody else may add, of whom that is all that is known
 */
record Sizes(BigDecimal all, BigDecimal first, BigDecimal second, BigDecimal unknown) {
  static final Sizes NONE = of(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  static Sizes of(BigDecimal all, BigDecimal first, BigDecimal second) {
    return new Sizes(all, first, second, BigDecimal.ZERO);
  }

  /** Those of other persons, too. */
  Sizes with(Sizes other) {
    return new Sizes(
        all.add(other.all),
        first.max(other.first),
        first.min(other.first).max(second.max(other.second)),
        unknown.max(other.unknown));
  }

  /** Each so many times. */
  Sizes times(int number) {
    BigDecimal times = BigDecimal.valueOf(number);
    return new Sizes(
        all.multiply(times),
        first.multiply(times),
        second.multiply(times),
        unknown.multiply(times));
  }

  /** The same where each amount is what it is, or anything below. */
  Sizes atMost() {
    return new Sizes(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, first.max(unknown));
  }

  /** Whether the second largest can tell the largest from the sum to within p percent. */
  boolean dominated(double p) {
    BigDecimal rest = all.subtract(first).subtract(second);
    return rest.doubleValue() * 100.0 < first.max(unknown).doubleValue() * p;
  }
}
