package com.segumento.privacy.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The sets behind one figure of a segment in a cell: those that are remembered, in order of the
 * releases that brought them, and last the one that is new tonight, where there is one. A set has
 * numbers from 0; -1 stands for nobody, before the first.
 */
final class SetHistory {
  /** Whose sets they are; a figure is a number of persons, or a sum. */
  record Of(String segment, String figure) implements Comparable<Of> {
    private static final Comparator<Of> ORDER =
        Comparator.comparing(Of::segment).thenComparing(Of::figure);

    @Override
    public int compareTo(Of other) {
      return ORDER.compare(this, other);
    }
  }

  private final Of of;
  private final int number;
  private final NavigableMap<Long, Long> sizes = new TreeMap<>();
  private long[] releases = {};
  private long[] persons = {};
  private boolean isNew;

  /**
   * No sets yet.
   *
   * @param number in the order of arrival at the cell
   */
  SetHistory(Of of, int number) {
    this.of = of;
    this.number = number;
  }

  Of of() {
    return of;
  }

  boolean isOfSegmentOf(SetHistory other) {
    return of.segment().equals(other.of.segment());
  }

  int number() {
    return number;
  }

  /** There is, or was, a set of so many since a release. */
  void add(long release, long size) {
    sizes.put(release, size);
  }

  /**
   * All sets are there.
   *
   * @param tonight the number of the release that is being made
   */
  void complete(long tonight) {
    releases = sizes.keySet().stream().mapToLong(Long::longValue).toArray();
    persons = sizes.values().stream().mapToLong(Long::longValue).toArray();
    isNew = sizes.containsKey(tonight);
  }

  int sets() {
    return releases.length;
  }

  long release(int set) {
    return releases[set];
  }

  /** How many are in a set. */
  long size(int set) {
    return set < 0 ? 0 : persons[set];
  }

  /** Whether the last set is new tonight. */
  boolean isNew() {
    return isNew;
  }

  /** The first set that who came or left with a release came to or left; {@link #sets} for none. */
  int first(long release) {
    int at = Arrays.binarySearch(releases, release);
    return at < 0 ? -at - 1 : at;
  }

  /** The set there was after a release. */
  int after(long release) {
    int at = Arrays.binarySearch(releases, release);
    return at < 0 ? -at - 2 : at;
  }
}
