package com.segumento.attack;

import com.segumento.privacy.engine.PlainNights;
import java.math.BigDecimal;
import java.util.Map;

/**
 * A row of a release, as a client reads it.
 *
 * @param sums by name; not those that are withheld or not asked for
 */
record Figure(
    int night,
    Table table,
    String segment,
    String label,
    long persons,
    Map<String, BigDecimal> sums) {
  Figure {
    sums = Map.copyOf(sums);
  }

  /** What is spent; null where that is withheld or not asked for. */
  BigDecimal spend() {
    return sums.get(PlainNights.SPEND.name());
  }
}
