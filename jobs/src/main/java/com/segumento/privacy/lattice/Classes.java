package com.segumento.privacy.lattice;

import java.util.Arrays;

/**
 * The equivalence classes of a node: groups with equal generalized values.
 *
 * @param ofGroup the class of each group
 * @param representative one group of each class
 * @param rows rows by class
 */
@SuppressWarnings("ArrayRecordComponent")
record Classes(int[] ofGroup, int[] representative, long[] rows) {

  int size() {
    return rows.length;
  }

  /** Sum of the squares of their sizes. */
  double squares() {
    double sum = 0;
    for (double one : rows) {
      sum += one * one;
    }
    return sum;
  }

  /** The classes of {@code groups} at {@code levels}. */
  static Classes of(Groups groups, Hierarchy[] hierarchies, int[] levels) {
    int[] ofGroup = new int[groups.size()];
    int classes = groups.size() == 0 ? 0 : 1;
    int at = 0;
    while (at < levels.length) {
      // As many attributes at once as fit into a key of 63 bits; then their classes are one digit.
      long radix = Math.max(1, classes);
      long[] keys = new long[groups.size()];
      for (int g = 0; g < keys.length; g++) {
        keys[g] = ofGroup[g];
      }
      do {
        int labels = hierarchies[at].labels(levels[at]);
        if (labels > 1) {
          append(keys, groups.codes()[at], hierarchies[at].map(levels[at]), radix);
          radix *= labels;
        }
        at++;
      } while (at < levels.length
          && radix <= Long.MAX_VALUE / hierarchies[at].labels(levels[at]) / 2);
      classes = Numbering.number(keys, radix, ofGroup);
    }
    return counted(groups, ofGroup, classes);
  }

  private static void append(long[] keys, int[] codes, int[] labels, long weight) {
    for (int g = 0; g < keys.length; g++) {
      keys[g] += labels[codes[g]] * weight;
    }
  }

  private static Classes counted(Groups groups, int[] ofGroup, int classes) {
    int[] representative = new int[classes];
    Arrays.fill(representative, -1);
    long[] rows = new long[classes];
    for (int g = 0; g < ofGroup.length; g++) {
      int c = ofGroup[g];
      rows[c] += groups.rows()[g];
      if (representative[c] < 0) {
        representative[c] = g;
      }
    }
    return new Classes(ofGroup, representative, rows);
  }

  /**
   * Group numbers by class: those of class c from {@code offsets[c]} up to {@code offsets[c+1]}.
   */
  int[][] members() {
    int[] offsets = new int[size() + 1];
    for (int c : ofGroup) {
      offsets[c + 1]++;
    }
    for (int c = 0; c < size(); c++) {
      offsets[c + 1] += offsets[c];
    }
    int[] next = Arrays.copyOf(offsets, size());
    int[] order = new int[ofGroup.length];
    for (int g = 0; g < ofGroup.length; g++) {
      order[next[ofGroup[g]]++] = g;
    }
    return new int[][] {offsets, order};
  }
}
