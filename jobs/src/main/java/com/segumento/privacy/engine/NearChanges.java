package com.segumento.privacy.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which sets of a cell that are new tonight have changed as those of another segment have, since a
 * release, but for 1 to k-1 persons: whoever subtracts the one change from the other, or adds them
 * up, would learn of these few. So where one segment is a part of another, those who are in the
 * whole only come and go in groups of k as well. A whole set is compared with the other's changes,
 * too: it is the change from nobody.
 *
 * <p>Each segment counts with the set that is new tonight and with the one that stood there, as it
 * may be left to stand. Both changes are since the same release.
 *
 * <p>Who was erased is taken for the same as far as there are as many, as in {@link NearSets}. In a
 * sum, who has another share is two: one who left and one who came.
 *
 * <p>Of two sums of one segment those are counted who add more, or less, than before by another
 * amount than in the other: who buys something is alike in what was spent in 30 days and in 90,
 * whatever it had spent.
 */
final class NearChanges {
  private final int k;
  private final boolean ofOneSegment;
  private final List<Last> lasts = new ArrayList<>();

  /** By numbers of two sets, the lower first: their changes and who is in both. */
  private final Together[][] together;

  /** A set that may be the last of its segment in the end. */
  private static final class Last {
    final SetHistory history;
    final int set;
    final boolean isNew;

    /** By set before it: who is in one of the two only. */
    final long[] moved;

    /** Of who was erased, the same of those who came. */
    final long[] erasedCame;

    final long[] erasedLeft;
    long erasedThere;

    Last(SetHistory history, int set, boolean isNew) {
      this.history = history;
      this.set = set;
      this.isNew = isNew;
      this.moved = new long[set];
      this.erasedCame = new long[set];
      this.erasedLeft = new long[set];
    }

    long net(int from) {
      return history.size(set) - history.size(from);
    }

    long moved(int from) {
      return from < 0 ? history.size(set) - erasedThere : moved[from];
    }

    long erasedCame(int from) {
      return from < 0 ? erasedThere : erasedCame[from];
    }

    long erasedLeft(int from) {
      return from < 0 ? 0 : erasedLeft[from];
    }

    boolean anybody(int from) {
      return moved(from) + erasedCame(from) + erasedLeft(from) > 0;
    }

    /** The fewest living persons of a change. */
    long least(int k) {
      return IntStream.range(-1, set).filter(this::anybody).mapToLong(this::moved).min().orElse(k);
    }
  }

  /** Changes of two sets. */
  private static final class Together {
    /** The sets they are from, one after the other of each two. */
    final int[] from;

    /** Who changed in both. */
    final int[] both;

    /** Who came in both, or left in both. */
    final int[] same;

    /** Who came in one and left in the other. */
    final int[] opposite;

    Together(List<int[]> changes) {
      from = changes.stream().flatMapToInt(Arrays::stream).toArray();
      both = new int[changes.size()];
      same = new int[changes.size()];
      opposite = new int[changes.size()];
    }
  }

  /**
   * Nobody yet.
   *
   * @param k persons two changes must differ by where they do
   * @param ofOneSegment whether sums of one segment are compared, by amounts, and else figures of
   *     two
   * @param histories of the cell
   */
  NearChanges(int k, boolean ofOneSegment, List<SetHistory> histories) {
    this.k = k;
    this.ofOneSegment = ofOneSegment;
    for (SetHistory history : histories) {
      int last = history.sets() - 1;
      lasts.add(history.isNew() ? new Last(history, last, true) : null);
      int before = history.isNew() ? last - 1 : last;
      lasts.add(before < 0 ? null : new Last(history, before, false));
    }
    together = new Together[lasts.size()][];
  }

  /**
   * A person, with one share; where amounts are compared, with all it adds.
   *
   * @param known whether it is known in which other sets it is; who is not comes once for each
   *     share, as one
   */
  void add(List<Stay> stays, boolean known) {
    for (Stay stay : stays) {
      lasts(stay).forEach(last -> count(last, stay, known));
    }
    for (int i = 0; known && i < stays.size(); i++) {
      for (int j = 0; j < stays.size(); j++) {
        boolean once = i < j || !stays.get(j).moved();
        if (i != j && once && stays.get(i).moved()) {
          meet(stays.get(i), stays.get(j));
        }
      }
    }
  }

  private Stream<Last> lasts(Stay stay) {
    int number = 2 * stay.history().number();
    return Stream.of(number, number + 1).map(lasts::get).filter(last -> last != null);
  }

  private static void count(Last last, Stay stay, boolean known) {
    long there = stay.in(last.set);
    last.erasedThere += known ? 0 : there;
    for (int from = 0; from < last.set && stay.moved(); from++) {
      long change = there - stay.in(from);
      if (known) {
        last.moved[from] += change == 0 ? 0 : 1;
      } else {
        last.erasedCame[from] += Math.max(change, 0);
        last.erasedLeft[from] += Math.max(-change, 0);
      }
    }
  }

  private void meet(Stay stay, Stay other) {
    boolean ordered = stay.history().number() < other.history().number();
    Stay one = ordered ? stay : other;
    Stay two = ordered ? other : stay;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        int first = 2 * one.history().number() + i;
        int second = 2 * two.history().number() + j;
        if (comparable(first, second)) {
          meet(one, two, together(first, second), lasts.get(first).set, lasts.get(second).set);
        }
      }
    }
  }

  private static void meet(Stay one, Stay two, Together together, int first, int second) {
    long[] ones = one.bySet();
    long[] twos = two.bySet();
    for (int i = 0; i < together.same.length; i++) {
      long change = since(ones, first, together.from[2 * i]);
      long other = since(twos, second, together.from[2 * i + 1]);
      if (change != 0 && other != 0) {
        together.both[i]++;
        together.same[i] += change == other ? 1 : 0;
        together.opposite[i] += change == -other ? 1 : 0;
      }
    }
  }

  private static long since(long[] bySet, int set, int from) {
    return bySet[set] - (from < 0 ? 0 : bySet[from]);
  }

  private boolean comparable(int first, int second) {
    Last one = lasts.get(first);
    Last two = lasts.get(second);
    return one != null
        && two != null
        && (one.isNew || two.isNew)
        && one.history.isOfSegmentOf(two.history) == ofOneSegment;
  }

  private Together together(int first, int second) {
    if (together[first] == null) {
      together[first] = new Together[lasts.size()];
    }
    if (together[first][second] == null) {
      together[first][second] = new Together(changes(lasts.get(first), lasts.get(second)));
    }
    return together[first][second];
  }

  /** From which sets on changes are compared. */
  private List<int[]> changes(Last one, Last two) {
    NavigableSet<Long> releases = new TreeSet<>();
    IntStream.range(0, one.set).forEach(set -> releases.add(one.history.release(set)));
    IntStream.range(0, two.set).forEach(set -> releases.add(two.history.release(set)));
    Stream<int[]> since =
        releases.stream()
            .map(release -> new int[] {one.history.after(release), two.history.after(release)})
            .filter(from -> from[0] >= 0 && from[1] >= 0);
    Stream<int[]> whole =
        Stream.concat(
            IntStream.range(0, one.set).mapToObj(from -> new int[] {from, -1}),
            IntStream.range(0, two.set).mapToObj(from -> new int[] {-1, from}));
    return Stream.concat(since, whole)
        .filter(from -> from[0] < one.set && from[1] < two.set)
        .filter(from -> ofOneSegment || net(one, from[0], two, from[1]) < 2L * k)
        .toList();
  }

  /**
   * How many more there are of the difference, or of the sum of two changes: no fewer than half of
   * them are about somebody, as who came to one and left the other is two. Not so of amounts: who
   * adds something where it has not, and more where it has, may be alike in both.
   */
  private static long net(Last one, int from, Last two, int other) {
    long difference = Math.abs(one.net(from) - two.net(other));
    return Math.min(difference, Math.abs(one.net(from) + two.net(other)));
  }

  /** Those whose new set gives way: of two that are new the later. */
  void givingWay(Set<SetHistory.Of> found) {
    long[] least = lasts.stream().mapToLong(last -> last == null ? k : last.least(k)).toArray();
    for (int first = 0; first < lasts.size(); first++) {
      for (int second = first + 1 + (first + 1) % 2; second < lasts.size(); second++) {
        if (comparable(first, second)
            && (met(first, second) || least[first] + least[second] < k)
            && few(first, second)) {
          found.add(last(lasts.get(first), lasts.get(second)));
        }
      }
    }
  }

  private static SetHistory.Of last(Last one, Last two) {
    SetHistory.Of first = one.history.of();
    SetHistory.Of second = two.history.of();
    return !two.isNew || (one.isNew && first.compareTo(second) > 0) ? first : second;
  }

  /** Changes nobody is in both of differ by all their persons, who are few after erasures only. */
  private boolean met(int first, int second) {
    return together[first] != null && together[first][second] != null;
  }

  private boolean few(int first, int second) {
    Last one = lasts.get(first);
    Last two = lasts.get(second);
    Together changes = together(first, second);
    for (int i = 0; i < changes.same.length; i++) {
      int from = changes.from[2 * i];
      int other = changes.from[2 * i + 1];
      long all = one.moved(from) + two.moved(other) - changes.both[i];
      long came = one.erasedCame(from);
      long left = one.erasedLeft(from);
      long otherCame = two.erasedCame(other);
      long otherLeft = two.erasedLeft(other);
      long subtracted = Math.abs(came - otherCame) + Math.abs(left - otherLeft);
      long added = Math.abs(came - otherLeft) + Math.abs(left - otherCame);
      if (one.anybody(from)
          && two.anybody(other)
          && (few(all - changes.same[i] + subtracted) || few(all - changes.opposite[i] + added))) {
        return true;
      }
    }
    return false;
  }

  private boolean few(long persons) {
    return persons > 0 && persons < k;
  }
}
