package com.segumento.privacy.lattice;

import java.util.Arrays;
import java.util.List;

/**
 * A table compressed to its distinct combinations of quasi-identifier values: one entry per
 * combination, with how many rows share it, what their sensitive values are and, where a person may
 * have several rows, who stands behind it.
 *
 * @param codes by quasi-identifier, then by group: the code of the value in its hierarchy
 * @param rows rows by group
 * @param sensitive one per sensitive attribute
 * @param persons who stands behind each group; null where every row is a person of its own
 */
@SuppressWarnings(
    "ArrayRecordComponent") // millions of groups: lists would take ten times the memory
public record Groups(
    int[][] codes, long[] rows, List<SensitiveCounts> sensitive, PersonSets persons) {

  public Groups {
    sensitive = List.copyOf(sensitive);
  }

  /** How many groups there are. */
  public int size() {
    return rows.length;
  }

  /** How many rows the table has. */
  public long total() {
    return Arrays.stream(rows).sum();
  }

  /** The same with equal combinations joined to one group each. */
  public Groups joined(List<Hierarchy> hierarchies) {
    return at(hierarchies, new int[hierarchies.size()]);
  }

  /** The table as it is at {@code levels}: one group a class, in the order of a class table. */
  public Groups at(List<Hierarchy> hierarchies, int... levels) {
    Hierarchy[] all = hierarchies.toArray(Hierarchy[]::new);
    Classes classes = Classes.of(this, all, levels);
    boolean[] none = new boolean[classes.size()];
    return RollUp.of(new Node(levels, RollUp.of(this), classes, none, none, 0, 0)).groups();
  }

  /** Memory the arrays take, in bytes. */
  public long bytes() {
    long each = 8L + 4L * codes.length;
    long bytes = each * size();
    for (SensitiveCounts counts : sensitive) {
      bytes += 12L * counts.values().length + 4L * size();
    }
    return persons == null ? bytes : bytes + 8L * persons.hashes().length + 4L * size();
  }

  /**
   * The values of one sensitive attribute by group, as runs in shared arrays: group {@code g} has
   * {@code values[offsets[g]]} to {@code values[offsets[g + 1] - 1]}.
   *
   * @param hierarchy the attribute's domain in its order, for ordered and hierarchical distances
   * @param offsets one more than there are groups
   * @param values codes in the hierarchy, distinct within a group
   * @param counts rows by value
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record SensitiveCounts(Hierarchy hierarchy, int[] offsets, int[] values, long[] counts) {}

  /**
   * Persons by group, as runs in a shared array: of each group the smallest hashes of its distinct
   * persons, at most {@code limit} of them. The union of such sets has at least {@code limit}
   * members exactly where at least that many distinct persons stand behind it.
   *
   * @param offsets one more than there are groups
   * @param hashes distinct and ascending within a group
   * @param limit the most hashes a group keeps; at least the k that is asked of it
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record PersonSets(int[] offsets, long[] hashes, int limit) {}
}
