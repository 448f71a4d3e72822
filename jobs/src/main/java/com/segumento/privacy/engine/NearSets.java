package com.segumento.privacy.engine;

import java.util.List;
import java.util.Set;

/**
 * Which sets of a cell that are new tonight are apart by 1 to k-1 persons from one that another
 * segment has, or had, in a cell of the same labels, or that another sum has. Sets whose numbers
 * differ by k are so far apart whoever is in them; of the others it is counted, in one pass over
 * the persons, how many are in both. A set that was replaced differs from the next by whom that
 * brought and took, so that all sets of a segment together need no more counting than the memory
 * has rows.
 *
 * <p>Of who was erased it is known how many are in a set, but not which ones of another segment
 * they were: they are taken for the same as far as there are as many, as in {@link CommonPersons}.
 *
 * <p>In a sum, who has another share in each of two sets is in neither's: of whom only one has and
 * whom only the other has, the more count.
 */
final class NearSets {
  private final int k;
  private final boolean shares;
  private final List<SetHistory> histories;

  /** By a new set and a history: how many more each set has in common with it than the last. */
  private final int[][][] common;

  /** By history and set: how many more were erased than in the last. */
  private final int[][] erased;

  /**
   * Nobody yet.
   *
   * @param k that two sets must be apart where they are
   * @param shares whether it is sums
   * @param histories of the cell
   */
  NearSets(int k, boolean shares, List<SetHistory> histories) {
    this.k = k;
    this.shares = shares;
    this.histories = List.copyOf(histories);
    this.common = new int[histories.size()][][];
    this.erased = new int[histories.size()][];
    for (SetHistory history : histories) {
      erased[history.number()] = new int[history.sets()];
      if (history.isNew()) {
        common[history.number()] = new int[histories.size()][];
        for (SetHistory other : histories) {
          if (mayBeNear(history, other)) {
            common[history.number()][other.number()] = new int[other.sets()];
          }
        }
      }
    }
  }

  private boolean mayBeNear(SetHistory history, SetHistory other) {
    long size = history.size(history.sets() - 1);
    for (int set = 0; set < other.sets(); set++) {
      if (mayGiveWay(history, other, set) && Math.abs(size - other.size(set)) < k) {
        return true;
      }
    }
    return false;
  }

  /** Of two that are both new the one that comes later gives way, every night. */
  private static boolean mayGiveWay(SetHistory history, SetHistory other, int set) {
    boolean bothNew = other.isNew() && set == other.sets() - 1;
    return history != other && (!bothNew || other.of().compareTo(history.of()) < 0);
  }

  /**
   * A person.
   *
   * @param known whether it is known in which other sets it is
   */
  void add(List<Stay> stays, boolean known) {
    for (Stay stay : stays) {
      SetHistory history = stay.history();
      if (!known) {
        stay.addTo(erased[history.number()]);
      } else if (history.isNew() && stay.in(history.sets() - 1) > 0) {
        int[][] with = common[history.number()];
        for (Stay other : stays) {
          int[] both = with[other.history().number()];
          if (both != null) {
            other.addTo(both);
          }
        }
      }
    }
  }

  /** Those whose new set gives way. */
  void givingWay(Set<SetHistory.Of> found) {
    for (SetHistory history : histories) {
      if (history.isNew() && histories.stream().anyMatch(other -> near(history, other))) {
        found.add(history.of());
      }
    }
  }

  private boolean near(SetHistory history, SetHistory other) {
    int[] more = common[history.number()][other.number()];
    if (more == null) {
      return false;
    }
    int last = history.sets() - 1;
    long nameless = 0;
    for (int gone : erased[history.number()]) {
      nameless += gone;
    }
    long living = history.size(last) - nameless;
    long both = 0;
    for (int set = 0; set < more.length; set++) {
      both += more[set];
      nameless -= erased[other.number()][set];
      long gone = erasedUpTo(other, set);
      long apart = apart(living - both, other.size(set) - gone - both) + Math.abs(nameless);
      if (apart > 0 && apart < k && mayGiveWay(history, other, set)) {
        return true;
      }
    }
    return false;
  }

  private long apart(long here, long there) {
    return shares ? Math.max(here, there) : here + there;
  }

  private long erasedUpTo(SetHistory history, int set) {
    long gone = 0;
    for (int i = 0; i <= set; i++) {
      gone += erased[history.number()][i];
    }
    return gone;
  }
}
