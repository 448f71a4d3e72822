package com.segumento.privacy.lattice;

/** What a privacy model may ask of one equivalence class. */
interface ClassStatistics {
  /** Rows of the class. */
  long rows();

  /** Distinct persons of the class, or any number of at least {@code enough} where there are. */
  long persons(int enough);

  /** The class's values of the {@code attribute}-th sensitive attribute. */
  ValueCounts values(int attribute);

  /**
   * Counts of the values of one attribute in one class; valid until the next class is asked for.
   */
  final class ValueCounts {
    private final long[] counts;
    private final int[] present;
    private int distinct;
    private long total;

    ValueCounts(int values) {
      counts = new long[values];
      present = new int[values];
    }

    /** How many values occur. */
    int distinct() {
      return distinct;
    }

    /** Rows counted. */
    long total() {
      return total;
    }

    /** The {@code i}-th value that occurs, in no order. */
    int value(int i) {
      return present[i];
    }

    /** Rows with value {@code code}. */
    long count(int code) {
      return counts[code];
    }

    void add(int code, long rows) {
      if (counts[code] == 0 && rows > 0) {
        present[distinct++] = code;
      }
      counts[code] += rows;
      total += rows;
    }

    /** Adds the values of one group. */
    void add(Groups.SensitiveCounts runs, int group) {
      for (int i = runs.offsets()[group]; i < runs.offsets()[group + 1]; i++) {
        add(runs.values()[i], runs.counts()[i]);
      }
    }

    void clear() {
      for (int i = 0; i < distinct; i++) {
        counts[present[i]] = 0;
      }
      distinct = 0;
      total = 0;
    }
  }
}
