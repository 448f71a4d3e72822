package com.segumento.privacy.engine;

import java.util.Arrays;

/**
 * In which sets of a figure somebody is, and was: as one, or with what it adds to a sum, in
 * millionths.
 */
final class Stay {
  private final SetHistory history;
  private int[] sets = new int[1];
  private long[] changes = new long[1];
  private int number;

  /** Once it was asked for. */
  private long[] bySet;

  Stay(SetHistory history) {
    this.history = history;
  }

  SetHistory history() {
    return history;
  }

  /** Came with a set, or left with it, or adds so much more, or less, since. */
  void add(int set, long change) {
    if (number == sets.length) {
      sets = Arrays.copyOf(sets, 2 * number);
      changes = Arrays.copyOf(changes, 2 * number);
    }
    bySet = null;
    sets[number] = set;
    changes[number++] = change;
  }

  /** 1, or what it adds, who is in a set, 0 who is not. */
  long in(int set) {
    long in = 0;
    for (int i = 0; i < number; i++) {
      in += sets[i] <= set ? changes[i] : 0;
    }
    return in;
  }

  /** The same of all sets. */
  long[] bySet() {
    if (bySet == null) {
      bySet = new long[history.sets()];
      for (int i = 0; i < number; i++) {
        bySet[sets[i]] += changes[i];
      }
      for (int set = 1; set < bySet.length; set++) {
        bySet[set] += bySet[set - 1];
      }
    }
    return bySet;
  }

  /** Whether there may be two sets it is not alike in. */
  boolean moved() {
    return number > 1 || sets[0] > 0;
  }

  /** Adds to numbers by set what it changes with each, as one. */
  void addTo(int[] bySet) {
    for (int i = 0; i < number; i++) {
      bySet[sets[i]] += (int) changes[i];
    }
  }
}
