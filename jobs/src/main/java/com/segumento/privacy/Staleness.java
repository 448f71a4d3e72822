package com.segumento.privacy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many figures of a release wait, or are held back though somebody is behind them, and why. One
 * waits whose set of persons is not tonight's, but the one that was published before, or one in
 * between.
 *
 * @param cells whose number of persons waits, by reason
 * @param sums that wait, by reason
 * @param heldBack rows there could be that are not published, by reason; of such as are enough for
 *     a row
 * @param longestDays days since the set of one of them last changed; none has waited for longer
 * @param longest some of the rows that wait, those that have waited longest first
 */
public record Staleness(
    Map<Reason, Long> cells,
    Map<Reason, Long> sums,
    Map<Reason, Long> heldBack,
    long longestDays,
    List<Wait> longest) {
  /** Where nothing waits. */
  public static final Staleness NONE = new Staleness(Map.of(), Map.of(), Map.of(), 0, List.of());

  /**
   * A row that waits.
   *
   * @param row segment and labels
   * @param days since its set of persons changed last
   */
  public record Wait(List<String> row, Reason reason, long days) {
    public Wait {
      row = List.copyOf(row);
    }
  }

  public Staleness {
    cells = copy(cells);
    sums = copy(sums);
    heldBack = copy(heldBack);
    longest = List.copyOf(longest);
  }

  private static Map<Reason, Long> copy(Map<Reason, Long> figures) {
    return Collections.unmodifiableMap(new TreeMap<>(figures));
  }

  /** All cells that wait. */
  public long cellsWaiting() {
    return all(cells);
  }

  /** All sums that wait. */
  public long sumsWaiting() {
    return all(sums);
  }

  private static long all(Map<Reason, Long> figures) {
    return figures.values().stream().mapToLong(Long::longValue).sum();
  }
}
