package com.segumento.privacy.lattice;

/**
 * Information loss of a node: how much less the released table says than the one it came from. Less
 * is better.
 *
 * <p>A loss is one figure, or several of which the first that differs decides.
 *
 * <p>A metric also gives lower bounds, from which the search knows that whole parts of the lattice
 * need not be looked at.
 */
public interface Metric {
  /** A bound that says nothing. */
  double[] ANYTHING = {};

  /** What is nearer than this differs by the rounding of sums alone. */
  double SAME = 1e-12;

  /** This metric for one table. */
  Measure on(Groups groups, Hierarchy[] hierarchies);

  /** A metric made ready for one table. */
  interface Measure {
    /** The loss of a node. */
    double[] loss(Node node);

    /**
     * Lower bounds of the loss of nodes, which never fall when a level rises.
     *
     * @param suppressed rows known to be suppressed at the nodes asked for; null where none are
     */
    LowerBound bound(Marginals suppressed);

    /** A lower bound of the loss of the node with these classes and of every coarser one. */
    default double[] boundAbove(Classes classes) {
      return ANYTHING;
    }
  }

  /** Lower bounds of losses; safe for several threads. */
  @FunctionalInterface
  interface LowerBound {
    /** A lower bound of the loss of the node with these levels. */
    double[] at(int[] levels);
  }

  /** Which loss is less: negative where {@code a} is, 0 where they are the same. */
  static int compare(double[] a, double[] b) {
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      double tolerance = SAME * Math.max(1, Math.abs(b[i]));
      if (a[i] < b[i] - tolerance) {
        return -1;
      }
      if (a[i] > b[i] + tolerance) {
        return 1;
      }
    }
    return 0;
  }
}
