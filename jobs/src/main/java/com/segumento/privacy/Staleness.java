package com.segumento.privacy;

/**
 * How many figures of a release wait: the set of persons behind them is not tonight's, but the one
 * that was published before, or one in between.
 *
 * @param cells whose number of persons waits
 * @param sums that wait
 * @param longestDays days since the set of one of them last changed; none has waited for longer
 */
public record Staleness(long cells, long sums, long longestDays) {
  /** Where nothing waits. */
  public static final Staleness NONE = new Staleness(0, 0, 0);
}
