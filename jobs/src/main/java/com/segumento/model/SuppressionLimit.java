package com.segumento.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many may be left out of a release under a suppression limit. The share is taken as the
 * decimal number it was written as: a limit of 0.29 allows 29 of 100, while 0.29 times 100 is less
 * than 29 in binary fractions.
 */
public final class SuppressionLimit {
  private SuppressionLimit() {}

  /**
   * The most of {@code all} that may be left out.
   *
   * @param share from 0 to 1
   */
  public static long allowed(double share, long all) {
    return BigDecimal.valueOf(share)
        .multiply(BigDecimal.valueOf(all))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }
}
