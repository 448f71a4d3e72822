package com.segumento.privacy.lattice;

import java.util.ArrayList;
import java.util.List;

/** A table as it is at some nodes, to make coarser ones of; safe for several threads. */
final class RollUps {
  /** Smaller tables than this are not worth being kept apart. */
  private static final int WORTHWHILE = 2;

  private final RollUp table;
  private final long memory;
  private final List<RollUp> kept = new ArrayList<>(); // least recently used first
  private long used;

  /**
   * Nothing kept yet.
   *
   * @param memory bytes all kept tables may take together
   */
  RollUps(Groups table, long memory) {
    this.table = RollUp.of(table);
    this.memory = memory;
  }

  /** The smallest table at hand that {@code levels} can be made of. */
  synchronized RollUp under(int[] levels) {
    RollUp best = table;
    for (RollUp one : kept) {
      if (one.groups().size() < best.groups().size() && Lattice.below(one.levels(), levels)) {
        best = one;
      }
    }
    if (kept.remove(best)) {
      kept.add(best);
    }
    return best;
  }

  /** Keeps the table as it is at {@code node} where that spares much work. */
  void offer(Node node) {
    if (node.classes().size() > node.groups().size() / WORTHWHILE) {
      return;
    }
    RollUp rolled = RollUp.of(node);
    synchronized (this) {
      used += rolled.bytes();
      kept.add(rolled);
      while (used > memory && !kept.isEmpty()) {
        used -= kept.remove(0).bytes();
      }
    }
  }
}
