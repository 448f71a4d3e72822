package com.segumento.privacy.anonymize;

import com.segumento.privacy.lattice.Groups;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encoded combinations, and the persons behind them, as they come from Spark.
 *
 * @param counted by combination: codes of the quasi-identifiers, then of the sensitive attributes,
 *     then its rows
 * @param persons codes of the quasi-identifiers, then a person's hash; null where every row is a
 *     person
 * @param limit most persons of a group that are told apart
 */
record Entries(Packed counted, Packed persons, int limit) {

  /** The groups: each combination of quasi-identifiers once. */
  Groups groups(List<Hierarchy> quasi, List<Hierarchy> sensitive) {
    int size = counted.size() + (persons == null ? 0 : persons.size());
    int[][] codes = new int[quasi.size()][];
    for (int d = 0; d < codes.length; d++) {
      codes[d] = counted.codes()[d];
      if (persons != null) {
        codes[d] = Arrays.copyOf(codes[d], size);
        System.arraycopy(persons.codes()[d], 0, codes[d], counted.size(), persons.size());
      }
    }
    List<Groups.SensitiveCounts> counts = new ArrayList<>();
    for (int s = 0; s < sensitive.size(); s++) {
      counts.add(
          new Groups.SensitiveCounts(
              sensitive.get(s),
              offsets(size, 0, counted.size()),
              counted.codes()[quasi.size() + s],
              counted.last()));
    }
    Groups.PersonSets sets =
        persons == null
            ? null
            : new Groups.PersonSets(offsets(size, counted.size(), size), persons.last(), limit);
    long[] rows = persons == null ? counted.last() : Arrays.copyOf(counted.last(), size);
    return new Groups(codes, rows, counts, sets).joined(quasi);
  }

  /** Runs of one member in entries from {@code from} on, before {@code to}; none in others. */
  private static int[] offsets(int size, int from, int to) {
    int[] offsets = new int[size + 1];
    for (int i = 0; i <= size; i++) {
      offsets[i] = Math.max(0, Math.min(i, to) - from);
    }
    return offsets;
  }
}
