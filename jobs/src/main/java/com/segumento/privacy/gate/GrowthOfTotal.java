package com.segumento.privacy.gate;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What has come to a total less its parts, or left it, since each release that changed one of them:
 * first all releases, then all that each person did.
 *
 * <p>Somebody who came to the total and to a part did nothing to what is left. Who was erased has
 * another name in each cell: as many as came to the total and to its parts are taken for the same.
 */
final class GrowthOfTotal {
  private final int k;
  private final long judged;
  private final LocalDate oldest;
  private final List<String> of;
  private final NavigableMap<Long, Since> states = new TreeMap<>();
  private final NavigableMap<Long, Long> deeds = new TreeMap<>();
  private byte[] person = {};
  private boolean known;
  private boolean changed;
  private long grownNow;

  /** What happened since a release. */
  private static final class Since {
    private final LocalDate date;
    private final long grown;

    /** Persons who are counted otherwise since this release, and not since the one before. */
    private long more;

    /** By how many erased ones a release has changed what is left. */
    private long erased;

    Since(LocalDate date, long grown) {
      this.date = date;
      this.grown = grown;
    }
  }

  /**
   * Nothing yet.
   *
   * @param k fewer of whom nothing may be told
   * @param judged the release that is
   * @param oldest a set that was replaced before this business date is not remembered any more
   * @param of what identifies the total
   */
  GrowthOfTotal(int k, long judged, LocalDate oldest, List<String> of) {
    this.k = k;
    this.judged = judged;
    this.oldest = oldest;
    this.of = List.copyOf(of);
  }

  List<String> of() {
    return of;
  }

  /**
   * A release changed the total or a part.
   *
   * @param grown by how many persons it changed the total
   */
  void released(long release, LocalDate date, long grown) {
    grownNow += grown;
    if (release == judged) {
      changed = true;
    } else {
      states.put(release, new Since(date, grown));
    }
  }

  /**
   * Somebody came or left. All that one did comes in one go.
   *
   * @param named whether under the same name in all cells
   * @param more 1 for who is in what is left now and was not, -1 the other way
   */
  void did(byte[] who, boolean named, long release, long more) {
    if (!Arrays.equals(who, person)) {
      end();
      person = who;
      known = named;
    }
    deeds.merge(release, more, Long::sum);
  }

  private void end() {
    if (!known) {
      deeds.forEach((release, more) -> state(release).erased += more);
    } else {
      long since = 0;
      for (long release : deeds.descendingKeySet()) {
        since += deeds.get(release);
        if (since != 0) {
          Long before = deeds.lowerKey(release);
          // From its last deed before, or the first release, until this one.
          state(before == null ? Long.MIN_VALUE : before).more++;
          state(release).more--;
        }
      }
    }
    deeds.clear();
  }

  private Since state(long release) {
    return states.computeIfAbsent(release, any -> new Since(null, 0));
  }

  /** Whether 1 to k-1 persons are told of, by what the judged release has changed. */
  boolean tells() {
    end();
    states.putIfAbsent(judged, new Since(null, 0));
    long nameless = states.values().stream().mapToLong(state -> state.erased).sum();
    long otherwise = 0;
    long total = 0;
    LocalDate newest = LocalDate.MIN;
    for (var each : states.headMap(judged).entrySet()) {
      Since state = each.getValue();
      otherwise += state.more;
      nameless -= state.erased;
      total += state.grown;
      newest = newest(newest, state);
      long told = otherwise + Math.abs(nameless);
      if (changed
          && grownNow > 0
          && total > 0
          && told > 0
          && told < k
          && remembered(each.getKey(), newest)) {
        return true;
      }
    }
    return false;
  }

  private static LocalDate newest(LocalDate newest, Since state) {
    return state.date == null || state.date.isBefore(newest) ? newest : state.date;
  }

  /** What stood until the judged release is, and what was replaced of late, whatever its day. */
  private boolean remembered(long release, LocalDate newest) {
    Long next = states.higherKey(release);
    return next == judged || !newest(newest, states.get(next)).isBefore(oldest);
  }
}
