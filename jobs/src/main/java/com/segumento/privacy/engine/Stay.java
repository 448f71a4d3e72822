package com.segumento.privacy.engine;

import java.util.Arrays;

/** In which sets of a figure somebody is, and was. */
final class Stay {
  private final SetHistory history;
  private int[] sets = new int[1];
  private int[] changes = new int[1];
  private int number;

  Stay(SetHistory history) {
    this.history = history;
  }

  SetHistory history() {
    return history;
  }

  /** Came with a set, or left with it. */
  void add(int set, int change) {
    if (number == sets.length) {
      sets = Arrays.copyOf(sets, 2 * number);
      changes = Arrays.copyOf(changes, 2 * number);
    }
    sets[number] = set;
    changes[number++] = change;
  }

  /** 1 who is in a set, 0 who is not. */
  int in(int set) {
    int in = 0;
    for (int i = 0; i < number; i++) {
      in += sets[i] <= set ? changes[i] : 0;
    }
    return in;
  }

  /** Whether there are two sets of which it is in one only. */
  boolean moved() {
    return number > 1 || sets[0] > 0;
  }

  /** Adds to numbers by set what it changes with each. */
  void addTo(int[] bySet) {
    for (int i = 0; i < number; i++) {
      bySet[sets[i]] += changes[i];
    }
  }
}
