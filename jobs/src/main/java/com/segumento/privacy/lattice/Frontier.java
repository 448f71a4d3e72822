package com.segumento.privacy.lattice;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The nodes that wait to be looked at, least bound first; shared by the threads of a search.
 *
 * <p>Each node is made from one other only: from the one a level below in its last generalized
 * quasi-identifier. So none has to be remembered, and lattices of any size can be searched as far
 * as the bounds reach.
 */
final class Frontier {
  private final PriorityQueue<Waiting> queue =
      new PriorityQueue<>(
          Comparator.comparing(Waiting::bound, Arrays::compare)
              .thenComparingInt(Waiting::height)
              .thenComparingLong(Waiting::number));
  private final Pruning pruning;
  private final long most;
  private int active;
  private boolean givenUp;

  /** A node and the bound it waits under. */
  @SuppressWarnings("ArrayRecordComponent")
  record Waiting(double[] bound, int height, long number) {}

  /**
   * Empty.
   *
   * @param most nodes that may wait at once
   */
  Frontier(Pruning pruning, long most) {
    this.pruning = pruning;
    this.most = most;
  }

  synchronized void add(Waiting node) {
    queue.add(node);
    notifyAll();
  }

  /** The next node, which has to be given to {@link #done}; null where the search is over. */
  synchronized Waiting take() throws InterruptedException {
    while (true) {
      Waiting next = queue.peek();
      if (next != null && pruning.worse(next.bound())) {
        queue.clear(); // all others are worse still
        next = null;
      }
      if (givenUp || (next == null && active == 0)) {
        return null;
      }
      if (next != null) {
        active++;
        return queue.poll();
      }
      wait();
    }
  }

  /** A node that was taken has been looked at, and its successors added. */
  synchronized void done() {
    active--;
    if (queue.size() > most) {
      giveUp();
    }
    notifyAll();
  }

  /** Ends the search with what was found so far. */
  synchronized void giveUp() {
    givenUp = true;
    notifyAll();
  }

  /** A lower bound of the loss of all nodes that were not looked at; null where there are none. */
  synchronized double[] left() {
    Waiting next = queue.peek();
    return next == null || pruning.worse(next.bound()) ? null : next.bound();
  }
}
