package com.segumento.privacy;

import com.segumento.privacy.gate.Verdict;

/**
 * What it cost a release of cells that it tells of no fewer than k persons; for engineers, not for
 * the client: some of it is about fewer.
 *
 * @param published rows of the release
 * @param rolledUp cells that are too small and whose persons are in a row of a place above
 * @param withheld cells of which somebody is in no row
 * @param heldBack those of them that are enough for a row, by the gate's count
 * @param staleness what waits of it, as its engine says
 * @param members of the segments, each person once a segment
 * @param represented those of them that some row is about
 * @param error by how much published numbers of persons differ from those of tonight's tables, over
 *     all rows; noise apart
 * @param largestError of one row
 */
public record ProtectionCost(
    long published,
    long rolledUp,
    long withheld,
    long heldBack,
    Staleness staleness,
    long members,
    long represented,
    long error,
    long largestError) {

  static ProtectionCost of(LevelChoice choice, Verdict verdict) {
    return new ProtectionCost(
        verdict.rows(),
        verdict.rolledUp(),
        verdict.withheld(),
        verdict.ofCells().heldBack(),
        choice.staleness(),
        verdict.ofCells().members(),
        verdict.ofCells().represented(),
        verdict.ofCells().error(),
        verdict.ofCells().largestError());
  }

  /** The share of the members that some row is about; 1 where there is none. */
  public double representedShare() {
    return members == 0 ? 1 : (double) represented / members;
  }

  /** The mean difference of a row; 0 where there is none. */
  public double meanError() {
    return published == 0 ? 0 : (double) error / published;
  }

  /**
   * The same with persons to the nearest {@code step}, and the largest error to the next one above,
   * so that nothing of it is about fewer.
   */
  public ProtectionCost coarse(long step) {
    long missing = nearest(members - represented, step);
    return new ProtectionCost(
        published,
        rolledUp,
        withheld,
        heldBack,
        staleness,
        members,
        Math.max(0, members - missing),
        nearest(error, step),
        -Math.floorDiv(-largestError, step) * step);
  }

  private static long nearest(long persons, long step) {
    return Math.floorDiv(2 * persons + step, 2 * step) * step;
  }
}
