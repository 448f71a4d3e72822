package com.segumento.privacy.lattice;

/**
 * One-way counts of a set of rows: by quasi-identifier and value. All that a metric needs of rows
 * whose classes it does not know.
 */
final class Marginals {
  private static final long UNKNOWN = -1;

  private final Hierarchy[] hierarchies;
  private final long[][] counts;
  private final long[][] sizes; // [dimension][level] sum over rows, filled when asked for
  private long rows;

  private Marginals(Hierarchy[] hierarchies) {
    this.hierarchies = hierarchies;
    this.counts = new long[hierarchies.length][];
    this.sizes = new long[hierarchies.length][];
    for (int d = 0; d < hierarchies.length; d++) {
      counts[d] = new long[hierarchies[d].values()];
      sizes[d] = new long[hierarchies[d].height() + 1];
      java.util.Arrays.fill(sizes[d], UNKNOWN);
    }
  }

  /** Counts of all rows. */
  static Marginals of(Groups groups, Hierarchy[] hierarchies) {
    int[] every = new int[groups.size()];
    for (int g = 0; g < every.length; g++) {
      every[g] = g;
    }
    return new Marginals(hierarchies).adding(groups, every, every.length);
  }

  /**
   * Counts of the table's rows whose class is not {@code kept}.
   *
   * @param node whose classes are meant
   */
  static Marginals suppressed(Groups table, Hierarchy[] hierarchies, Node node, boolean[] kept) {
    int[] ofTable = node.source().ofTable();
    int[] ofGroup = node.classes().ofGroup();
    int[] some = new int[table.size()];
    int size = 0;
    for (int g = 0; g < some.length; g++) {
      if (!kept[ofGroup[ofTable == null ? g : ofTable[g]]]) {
        some[size++] = g;
      }
    }
    return new Marginals(hierarchies).adding(table, some, size);
  }

  /** Adds the first {@code size} of these groups, one attribute at a time. */
  private Marginals adding(Groups table, int[] groups, int size) {
    for (int i = 0; i < size; i++) {
      rows += table.rows()[groups[i]];
    }
    for (int d = 0; d < counts.length; d++) {
      add(table.codes()[d], table.rows(), groups, size, counts[d]);
    }
    return this;
  }

  private static void add(int[] codes, long[] rows, int[] groups, int size, long[] counts) {
    for (int i = 0; i < size; i++) {
      counts[codes[groups[i]]] += rows[groups[i]];
    }
  }

  long rows() {
    return rows;
  }

  int dimensions() {
    return counts.length;
  }

  Hierarchy hierarchy(int dimension) {
    return hierarchies[dimension];
  }

  /** Rows with value {@code code}. */
  long count(int dimension, int code) {
    return counts[dimension][code];
  }

  /** Sum over the rows of the number of values that their label covers. */
  long sizes(int dimension, int level) {
    long sum = sizes[dimension][level];
    if (sum == UNKNOWN) {
      sum = 0;
      for (int code = 0; code < counts[dimension].length; code++) {
        if (counts[dimension][code] > 0) {
          sum += counts[dimension][code] * hierarchies[dimension].size(code, level);
        }
      }
      sizes[dimension][level] = sum;
    }
    return sum;
  }

  /** Rows by label at a level. */
  long[] labels(int dimension, int level) {
    long[] byLabel = new long[hierarchies[dimension].labels(level)];
    for (int code = 0; code < counts[dimension].length; code++) {
      byLabel[hierarchies[dimension].generalize(code, level)] += counts[dimension][code];
    }
    return byLabel;
  }
}
