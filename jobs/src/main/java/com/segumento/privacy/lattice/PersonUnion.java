package com.segumento.privacy.lattice;

/**
 * The union of sets of persons, cut to the {@code limit} smallest hashes: as large as the limit
 * exactly where at least that many distinct persons are in it.
 */
final class PersonUnion {
  private final int limit;
  private long[] hashes;
  private long[] spare;
  private int size;

  PersonUnion(int limit) {
    this.limit = limit;
    this.hashes = new long[limit];
    this.spare = new long[limit];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  long[] hashes() {
    return hashes;
  }

  /** Adds the persons of a group. */
  void add(Groups.PersonSets sets, int group) {
    int from = sets.offsets()[group];
    int to = sets.offsets()[group + 1];
    int merged = 0;
    int mine = 0;
    while (merged < limit && (mine < size || from < to)) {
      if (from >= to || (mine < size && hashes[mine] <= sets.hashes()[from])) {
        if (from < to && hashes[mine] == sets.hashes()[from]) {
          from++;
        }
        spare[merged++] = hashes[mine++];
      } else {
        spare[merged++] = sets.hashes()[from++];
      }
    }
    long[] old = hashes;
    hashes = spare;
    spare = old;
    size = merged;
  }
}
