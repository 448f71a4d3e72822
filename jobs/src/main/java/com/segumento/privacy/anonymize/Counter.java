package com.segumento.privacy.anonymize;

import java.util.Arrays;

/** Counts how often each combination of codes occurs. */
final class Counter {
  private static final int FIRST = 1 << 10;
  private static final int SPARSE = 2; // places of the table for each combination, at least

  private final int columns;
  private int[] entries;
  private long[] counts;
  private int[] places; // of the number of an entry, plus one; 0 is free
  private int size;

  Counter(int columns) {
    this.columns = columns;
    this.entries = new int[FIRST * columns];
    this.counts = new long[FIRST];
    this.places = new int[FIRST * SPARSE];
  }

  /** How many distinct combinations there are. */
  int size() {
    return size;
  }

  /** Counts {@code count} more of these codes. */
  void add(int[] codes, long count) {
    int mask = places.length - 1;
    int place = hash(codes, 0) & mask;
    while (places[place] != 0) {
      int entry = places[place] - 1;
      if (equal(entry, codes)) {
        counts[entry] += count;
        return;
      }
      place = (place + 1) & mask;
    }
    if (size == counts.length) {
      grow();
      place = free(hash(codes, 0));
    }
    System.arraycopy(codes, 0, entries, size * columns, columns);
    counts[size++] = count;
    places[place] = size;
  }

  private boolean equal(int entry, int... codes) {
    int at = entry * columns;
    for (int c = 0; c < columns; c++) {
      if (entries[at + c] != codes[c]) {
        return false;
      }
    }
    return true;
  }

  private int hash(int[] codes, int from) {
    long hash = 0;
    for (int c = from; c < from + columns; c++) {
      hash = (hash ^ codes[c]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return (int) hash;
  }

  private int free(int hash) {
    int mask = places.length - 1;
    int place = hash & mask;
    while (places[place] != 0) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    entries = Arrays.copyOf(entries, entries.length * 2);
    counts = Arrays.copyOf(counts, counts.length * 2);
    places = new int[counts.length * SPARSE];
    for (int entry = 0; entry < size; entry++) {
      places[free(hash(entries, entry * columns))] = entry + 1;
    }
  }

  /** The combinations with their counts. */
  Packed packed() {
    int[][] codes = new int[columns][size];
    for (int entry = 0; entry < size; entry++) {
      for (int c = 0; c < columns; c++) {
        codes[c][entry] = entries[entry * columns + c];
      }
    }
    return new Packed(codes, Arrays.copyOf(counts, size));
  }
}
