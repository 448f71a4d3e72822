package com.segumento.privacy.lattice;

import java.util.Arrays;

/**
 * The node found.
 *
 * @param levels by quasi-identifier
 * @param loss the metric's value
 * @param suppressed rows suppressed
 * @param classes kept classes, their smallest and largest size in rows
 * @param checked nodes whose classes were counted
 * @param leastPossible where the search was not finished, a lower bound of the optimum's loss; null
 *     where this is the optimum
 */
@SuppressWarnings("ArrayRecordComponent")
public record Solution(
    int[] levels,
    double[] loss,
    long suppressed,
    int classes,
    long smallestClass,
    long largestClass,
    long checked,
    double[] leastPossible)
    implements Comparable<Solution> {

  static Solution of(Node node, double[] loss) {
    return new Solution(
        node.levels().clone(),
        loss,
        node.suppressed(),
        node.keptClasses(),
        node.smallestClass(),
        node.largestClass(),
        0,
        null);
  }

  /** The same, with what its search came to. */
  public Solution with(long nodes, double[] least) {
    return new Solution(
        levels, loss, suppressed, classes, smallestClass, largestClass, nodes, least);
  }

  /** Whether no other node is better. */
  public boolean optimal() {
    return leastPossible == null;
  }

  /** Better ones first; never 0 for different nodes. */
  @Override
  public int compareTo(Solution other) {
    int order = Metric.compare(loss, other.loss);
    if (order == 0) {
      order = Long.compare(suppressed, other.suppressed);
    }
    if (order == 0) {
      order = Integer.compare(Lattice.sum(levels), Lattice.sum(other.levels));
    }
    return order != 0 ? order : Arrays.compare(levels, other.levels);
  }
}
