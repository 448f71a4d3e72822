package com.segumento.privacy.questions;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * A set of persons as far as telling needs to know it: how many, and a fingerprint of the members
 * in each of a power of two of parts they fall into by a hash. Holds no key. Two sets of the same
 * fingerprints are the same, but for a chance of one in 2<sup>64</sup>; as many parts as differ, so
 * many persons at least are in one of the sets alone.
 *
 * <p>Where a part is of few persons its fingerprint is as good as a pseudonym of theirs. So those
 * that an erased person has a share in are forgotten: what is forgotten differs from nothing, so
 * that sets are rather taken for near than told apart.
 */
public final class PersonSet {
  /** Stands in place of the fingerprint of a part that is forgotten. */
  private static final long FORGOTTEN = Long.MIN_VALUE;

  private final long size;
  private final long[] parts;

  PersonSet(long size, long[] parts) {
    if (Integer.bitCount(parts.length) != 1) {
      throw new IllegalArgumentException(parts.length + " parts. Expected a power of two.");
    }
    this.size = size;
    this.parts = parts.clone();
  }

  /** Nobody. */
  static PersonSet empty(int parts) {
    return new PersonSet(0, new long[parts]);
  }

  static PersonSet of(long size, byte[] bytes) {
    LongBuffer longs = ByteBuffer.wrap(bytes).asLongBuffer();
    long[] parts = new long[longs.remaining()];
    longs.get(parts);
    return new PersonSet(size, parts);
  }

  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(parts.length * Long.BYTES);
    bytes.asLongBuffer().put(parts);
    return bytes.array();
  }

  long size() {
    return size;
  }

  boolean sameAs(PersonSet other) {
    return leastDifference(other) == 0;
  }

  /**
   * So many persons at least are in one of the sets and not in the other. It falls short of the
   * true number only where two of these persons are in the same part, and is 0 only where the sets
   * are the same.
   */
  long leastDifference(PersonSet other) {
    int common = Math.min(parts.length, other.parts.length);
    long[] own = folded(common);
    long[] others = other.folded(common);
    long differing = 0;
    for (int i = 0; i < common; i++) {
      boolean known = own[i] != FORGOTTEN && others[i] != FORGOTTEN;
      differing += known && own[i] != others[i] ? 1 : 0;
    }
    return Math.max(differing, Math.abs(size - other.size));
  }

  // A person's part is its hash modulo the number of parts.
  private long[] folded(int to) {
    if (to == parts.length) {
      return parts;
    }
    long[] folded = Arrays.copyOf(parts, to);
    for (int i = to; i < parts.length; i++) {
      boolean known = folded[i % to] != FORGOTTEN && parts[i] != FORGOTTEN;
      folded[i % to] = known ? folded[i % to] ^ parts[i] : FORGOTTEN;
    }
    return folded;
  }

  /** The same without what it knows of those of these parts that anybody is in. */
  PersonSet forgetting(long[] which) {
    long[] left = parts.clone();
    for (long part : which) {
      int at = Math.toIntExact(part);
      left[at] = left[at] == 0 ? 0 : FORGOTTEN;
    }
    return new PersonSet(size, left);
  }
}
