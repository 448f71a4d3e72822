package com.segumento.privacy.lattice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ways up a lattice along which the lower bound of the loss rises least. */
record Ascent(Lattice lattice, Metric.LowerBound bound) {

  /** The nodes from {@code from} to the top, each one level above the one before. */
  List<int[]> from(int[] from) {
    List<int[]> path = new ArrayList<>();
    int[] at = from.clone();
    path.add(at.clone());
    for (int step = cheapest(at); step >= 0; step = cheapest(at)) {
      at[step]++;
      path.add(at.clone());
    }
    return path;
  }

  /** The attribute to raise; -1 at the top. */
  private int cheapest(int[] at) {
    int step = -1;
    double[] least = {Double.POSITIVE_INFINITY};
    for (int d = 0; d < at.length; d++) {
      if (at[d] < lattice.height(d)) {
        at[d]++;
        double[] above = bound.at(at);
        at[d]--;
        if (Arrays.compare(above, least) < 0) {
          least = above;
          step = d;
        }
      }
    }
    return step;
  }
}
