package com.segumento.privacy.gate;

import com.segumento.privacy.gate.ComparedFigure.PersonSet;
import java.util.List;

/**
 * Whether who is behind a changed figure now are those behind a set of another one but for 1 to
 * k-1. Counted is, of each set, how many are among them.
 *
 * <p>Who was erased has another name in each segment: as many as there are in both sets are taken
 * to be the same. Of sums, whose share is another in each is counted on neither side twice.
 */
final class NeighbouringSets {
  private final int k;
  private final boolean sums;
  private final long release;
  private final int[][][] both;
  private final long[] erasedNow;
  private final long[][] erased;

  /**
   * Nobody yet.
   *
   * @param k fewer of whom nothing may be told
   * @param release the one that is judged
   */
  NeighbouringSets(int k, boolean sums, long release, List<ComparedFigure> figures) {
    this.k = k;
    this.sums = sums;
    this.release = release;
    both = new int[figures.size()][figures.size()][];
    erasedNow = new long[figures.size()];
    erased = new long[figures.size()][];
    for (ComparedFigure figure : figures) {
      erased[figure.number()] = new long[figure.sets().size()];
    }
  }

  /**
   * A person.
   *
   * @param known whether it has the same name in all segments
   */
  void add(List<Presence> person, boolean known) {
    for (Presence presence : person) {
      int figure = presence.figure().number();
      if (!known) {
        erasedNow[figure] += presence.now() ? 1 : 0;
        for (int set = 0; set < erased[figure].length; set++) {
          erased[figure][set] += presence.in(set);
        }
      } else if (presence.now() && presence.figure().changedWith(release)) {
        person.forEach(other -> meet(presence.figure(), other));
      }
    }
  }

  private void meet(ComparedFigure figure, Presence other) {
    int[] counted = counted(figure, other.figure());
    for (int set = 0; set < counted.length; set++) {
      counted[set] += (int) other.in(set);
    }
  }

  /** Of no length where no set of the other has about as many. */
  private int[] counted(ComparedFigure figure, ComparedFigure other) {
    int[][] of = both[figure.number()];
    if (of[other.number()] == null) {
      long persons = figure.sets().get(figure.sets().size() - 1).persons();
      boolean near =
          figure != other
              && other.sets().stream().anyMatch(set -> Math.abs(set.persons() - persons) < k);
      of[other.number()] = new int[near ? other.sets().size() : 0];
    }
    return of[other.number()];
  }

  /** Whether a changed figure tells of few beside another. */
  boolean few(ComparedFigure figure, ComparedFigure other) {
    int[] counted = counted(figure, other);
    long gone = erasedNow[figure.number()];
    for (int set = 0; set < counted.length; set++) {
      PersonSet then = other.sets().get(set);
      long goneThen = erased[other.number()][set];
      long onlyNow = figure.now() - gone - counted[set];
      long onlyThen = then.persons() - goneThen - counted[set];
      long apart = sums ? Math.max(onlyNow, onlyThen) : onlyNow + onlyThen;
      long all = apart + Math.abs(gone - goneThen);
      if (all > 0 && all < k) {
        return true;
      }
    }
    return false;
  }
}
