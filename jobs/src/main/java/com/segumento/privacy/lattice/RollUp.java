package com.segumento.privacy.lattice;

import java.util.Arrays;

/**
 * A table as it is at a node: one group a class. Coarser nodes are made of it as of the table
 * itself, for less work.
 *
 * @param levels of the node; all 0 for the table itself
 * @param groups its classes; their codes are those of one value below each label
 * @param ofTable by group of the table, the group here it is in; null for the table itself
 */
@SuppressWarnings("ArrayRecordComponent")
record RollUp(int[] levels, Groups groups, int[] ofTable) {

  /** The table itself. */
  static RollUp of(Groups table) {
    return new RollUp(new int[table.codes().length], table, null);
  }

  /** The table as it is at {@code node}. */
  static RollUp of(Node node) {
    Groups finer = node.groups();
    Classes classes = node.classes();
    int[][] codes = new int[finer.codes().length][classes.size()];
    for (int d = 0; d < codes.length; d++) {
      for (int c = 0; c < classes.size(); c++) {
        codes[d][c] = finer.codes()[d][classes.representative()[c]];
      }
    }
    boolean plain = finer.sensitive().isEmpty() && finer.persons() == null;
    int[][] members = plain ? null : classes.members();
    Groups groups =
        new Groups(
            codes,
            classes.rows(),
            finer.sensitive().stream().map(counts -> joined(counts, members)).toList(),
            finer.persons() == null ? null : joined(finer.persons(), members));
    return new RollUp(node.levels(), groups, ofTable(node));
  }

  private static int[] ofTable(Node node) {
    int[] finer = node.source().ofTable();
    int[] ofGroup = node.classes().ofGroup();
    if (finer == null) {
      return ofGroup;
    }
    int[] composed = new int[finer.length];
    for (int g = 0; g < composed.length; g++) {
      composed[g] = ofGroup[finer[g]];
    }
    return composed;
  }

  private static Groups.SensitiveCounts joined(Groups.SensitiveCounts runs, int[][] members) {
    int classes = members[0].length - 1;
    ClassStatistics.ValueCounts scratch =
        new ClassStatistics.ValueCounts(runs.hierarchy().values());
    int[] offsets = new int[classes + 1];
    int[] values = new int[runs.values().length];
    long[] counts = new long[values.length];
    int at = 0;
    for (int c = 0; c < classes; c++) {
      scratch.clear();
      for (int i = members[0][c]; i < members[0][c + 1]; i++) {
        scratch.add(runs, members[1][i]);
      }
      for (int i = 0; i < scratch.distinct(); i++) {
        values[at] = scratch.value(i);
        counts[at++] = scratch.count(scratch.value(i));
      }
      offsets[c + 1] = at;
    }
    return new Groups.SensitiveCounts(
        runs.hierarchy(), offsets, Arrays.copyOf(values, at), Arrays.copyOf(counts, at));
  }

  private static Groups.PersonSets joined(Groups.PersonSets sets, int[][] members) {
    int classes = members[0].length - 1;
    PersonUnion union = new PersonUnion(sets.limit());
    int[] offsets = new int[classes + 1];
    long[] hashes = new long[sets.hashes().length];
    int at = 0;
    for (int c = 0; c < classes; c++) {
      union.clear();
      for (int i = members[0][c]; i < members[0][c + 1]; i++) {
        union.add(sets, members[1][i]);
      }
      System.arraycopy(union.hashes(), 0, hashes, at, union.size());
      at += union.size();
      offsets[c + 1] = at;
    }
    return new Groups.PersonSets(offsets, Arrays.copyOf(hashes, at), sets.limit());
  }

  /** Memory it takes, in bytes. */
  long bytes() {
    return groups.bytes() + (ofTable == null ? 0 : 4L * ofTable.length);
  }
}
