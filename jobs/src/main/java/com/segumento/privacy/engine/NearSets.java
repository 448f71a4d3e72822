package com.segumento.privacy.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which sets of a cell that are new tonight are apart by 1 to k-1 persons from one that another
 * segment has, or had, in a cell of the same labels. Sets whose numbers differ by k are so far
 * apart whoever is in them; of the others it is counted, in one pass over the persons, how many are
 * in both. A set that was replaced differs from the next by whom that brought and took, so that all
 * sets of a segment together need no more counting than the memory has rows.
 *
 * <p>Of who was erased it is known how many are in a set, but not which ones of another segment
 * they were: they are taken for the same as far as there are as many, as in {@link CommonPersons}.
 */
final class NearSets {
  private final int k;
  private final long tonight;
  private final Map<String, NewSet> news = new TreeMap<>();
  private final Map<String, Past> pasts = new HashMap<>();
  private final List<NewSet> in = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  /** A set that is new tonight. */
  private static final class NewSet {
    final String segment;
    final long size;
    long erased;

    /** By numbers of pasts: how many more persons each of its sets has in common than the last. */
    int[][] common = {};

    NewSet(String segment, long size) {
      this.segment = segment;
      this.size = size;
    }
  }

  /** All remembered sets of a segment, in order of the releases that brought them. */
  private static final class Past {
    final int number;
    final NavigableMap<Long, Long> sizes = new TreeMap<>();
    long[] releases = {};
    long[] erased = {};

    Past(int number) {
      this.number = number;
    }

    /** The first of its sets that a change is in; after the last there is none. */
    int set(long release) {
      int at = Arrays.binarySearch(releases, release);
      return at < 0 ? -at - 1 : at;
    }
  }

  /** Somebody came to a past, or left it, with one of its sets. */
  private record Event(Past past, int set, int change) {}

  /**
   * Nobody yet.
   *
   * @param k that two sets must be apart where they are
   * @param tonight the number of the release that is being made
   */
  NearSets(int k, long tonight) {
    this.k = k;
    this.tonight = tonight;
  }

  /** There is a new set of so many persons. */
  void addNew(String segment, long size) {
    news.put(segment, new NewSet(segment, size));
  }

  /** There is, or was, a set of so many persons since a release. */
  void addRemembered(String segment, long release, long size) {
    pasts.computeIfAbsent(segment, any -> new Past(pasts.size())).sizes.put(release, size);
  }

  /** All sets are there: persons follow. */
  void compare() {
    for (Past past : pasts.values()) {
      past.releases = past.sizes.keySet().stream().mapToLong(Long::longValue).toArray();
      past.erased = new long[past.releases.length];
    }
    for (NewSet set : news.values()) {
      set.common = new int[pasts.size()][];
      pasts.forEach(
          (segment, past) -> {
            if (past.sizes.entrySet().stream()
                .anyMatch(
                    other ->
                        mayGiveWay(set, segment, other.getKey())
                            && Math.abs(set.size - other.getValue()) < k)) {
              set.common[past.number] = new int[past.releases.length];
            }
          });
    }
  }

  /** Of two that are both new the one that comes later gives way, every night. */
  private boolean mayGiveWay(NewSet set, String segment, long release) {
    return !set.segment.equals(segment)
        && (release < tonight || segment.compareTo(set.segment) < 0);
  }

  /** The next person is in the new set of a segment. */
  void inNew(String segment) {
    NewSet set = news.get(segment);
    if (set != null) {
      in.add(set);
    }
  }

  /** The next person came to a segment's cell, or left it, with a release. */
  void changed(String segment, long release, int change) {
    Past past = pasts.get(segment);
    int set = past == null ? 0 : past.set(release);
    if (past != null && set < past.releases.length) {
      events.add(new Event(past, set, change));
    }
  }

  /**
   * That was all of a person.
   *
   * @param known whether it is known in which other sets it is
   */
  void endOfPerson(boolean known) {
    if (known) {
      for (NewSet set : in) {
        for (Event event : events) {
          int[] common = set.common[event.past.number];
          if (common != null) {
            common[event.set] += event.change;
          }
        }
      }
    } else {
      in.forEach(set -> set.erased++);
      events.forEach(event -> event.past.erased[event.set] += event.change);
    }
    in.clear();
    events.clear();
  }

  /** Segments whose new set gives way. */
  Set<String> givingWay() {
    Set<String> found = new TreeSet<>();
    for (NewSet set : news.values()) {
      if (pasts.entrySet().stream().anyMatch(past -> near(set, past.getKey(), past.getValue()))) {
        found.add(set.segment);
      }
    }
    return found;
  }

  private boolean near(NewSet set, String segment, Past past) {
    int[] more = set.common[past.number];
    long common = 0;
    long erased = 0;
    for (int i = 0; more != null && i < more.length; i++) {
      common += more[i];
      erased += past.erased[i];
      long nameless = Math.abs(set.erased - erased);
      long living = set.size - set.erased + past.sizes.get(past.releases[i]) - erased;
      long apart = living - 2 * common + nameless;
      if (apart > 0 && apart < k && mayGiveWay(set, segment, past.releases[i])) {
        return true;
      }
    }
    return false;
  }
}
