package com.segumento.privacy.lattice;

import java.util.ArrayList;
import java.util.List;

/**
 * What a search knows so far: the best node, and which parts of the lattice need not be looked at;
 * shared by its threads.
 */
final class Pruning {
  private volatile Solution best;
  private volatile List<int[]> dead = List.of();
  private volatile List<Witness> witnesses = List.of();

  /** A lower bound of the loss of {@code levels} and all finer nodes. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Witness(int[] levels, Metric.LowerBound bound) {}

  Solution best() {
    return best;
  }

  /** Whether a loss of at least {@code bound} is worse than the best there is. */
  boolean worse(double[] bound) {
    Solution known = best;
    return known != null && Metric.compare(bound, known.loss()) > 0;
  }

  /** Takes {@code found} for the best where it is better, or as good and first in order. */
  synchronized void offer(Solution found) {
    if (best == null || found.compareTo(best) < 0) {
      best = found;
    }
  }

  /** No node at most as general as {@code levels} is allowed. */
  synchronized void kill(int[] levels) {
    if (isDead(levels)) {
      return;
    }
    List<int[]> all = new ArrayList<>();
    for (int[] other : dead) {
      if (!Lattice.below(other, levels)) {
        all.add(other);
      }
    }
    all.add(levels);
    dead = all;
  }

  /** No node at most as general as {@code levels} loses less than {@code bound} says. */
  synchronized void witness(int[] levels, Metric.LowerBound bound) {
    List<Witness> all = new ArrayList<>(witnesses);
    all.add(new Witness(levels, bound));
    witnesses = all;
  }

  boolean isDead(int[] levels) {
    for (int[] node : dead) {
      if (Lattice.below(levels, node)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the node can't be better than the best. */
  boolean rulesOut(int[] levels) {
    if (isDead(levels)) {
      return true;
    }
    if (best == null) {
      return false;
    }
    List<Witness> all = witnesses;
    for (int i = all.size() - 1; i >= 0; i--) { // what was found last is nearest
      Witness witness = all.get(i);
      if (Lattice.below(levels, witness.levels()) && worse(witness.bound().at(levels))) {
        return true;
      }
    }
    return false;
  }
}
