package com.segumento.privacy.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Whether who came to a figure since some set of it, or left it, are those who came to another, or
 * left it, but for 1 to k-1: both since the same release, or one of them from nobody on. So also
 * where who came to the one left the other.
 *
 * <p>In two sums of one segment, those are counted who have come to add more, or less, by something
 * else than in the other, whatever they added before.
 *
 * <p>As many of who was erased as there are on both sides are taken to be the same, share by share.
 */
final class NeighbouringChanges {
  private final int k;
  private final boolean sumsOfOneSegment;
  private final Map<Long, List<Pair>> pairs = new HashMap<>();
  private final long[][] moved;
  private final long[][] erasedCame;
  private final long[][] erasedLeft;

  /**
   * Two changes: the sets before them, and how many did something, the same, the opposite in both.
   */
  private static final class Pair {
    final int first;
    final int second;
    long both;
    long same;
    long opposite;

    Pair(int first, int second) {
      this.first = first;
      this.second = second;
    }

    void add(long one, long two) {
      both += one != 0 && two != 0 ? 1 : 0;
      same += one != 0 && one == two ? 1 : 0;
      opposite += one != 0 && one == -two ? 1 : 0;
    }
  }

  /**
   * Nobody yet.
   *
   * @param k fewer of whom nothing may be told
   * @param sumsOfOneSegment which figures are compared: these, or those of two segments
   */
  NeighbouringChanges(int k, boolean sumsOfOneSegment, List<ComparedFigure> figures) {
    this.k = k;
    this.sumsOfOneSegment = sumsOfOneSegment;
    moved = new long[figures.size()][];
    erasedCame = new long[figures.size()][];
    erasedLeft = new long[figures.size()][];
    for (ComparedFigure figure : figures) {
      for (long[][] counted : List.of(moved, erasedCame, erasedLeft)) {
        counted[figure.number()] = new long[figure.sets().size() + 1];
      }
    }
  }

  /**
   * A person, share by share as one; in sums of one segment with all it adds, where it is known.
   *
   * @param known whether it has the same name in all segments
   * @param release the one that is judged: of two figures it has changed one at least
   */
  void add(List<Presence> person, boolean known, long release) {
    for (Presence presence : person) {
      int figure = presence.figure().number();
      boolean hasMoved = presence.moved();
      int sets = hasMoved ? presence.figure().sets().size() : 0;
      for (int set = -1; set < sets; set++) {
        long since = presence.since(set);
        moved[figure][set + 1] += known && since != 0 ? 1 : 0;
        erasedCame[figure][set + 1] += known || since < 0 ? 0 : since;
        erasedLeft[figure][set + 1] += known || since > 0 ? 0 : -since;
      }
      if (known && hasMoved) {
        for (Presence other : person) {
          boolean once = !other.moved() || presence.figure().number() < other.figure().number();
          if (other != presence && once && comparable(presence, other, release)) {
            meet(presence, other);
          }
        }
      }
    }
  }

  private boolean comparable(Presence one, Presence two, long release) {
    return areCompared(one.figure(), two.figure())
        && (one.figure().changedWith(release) || two.figure().changedWith(release));
  }

  private boolean areCompared(ComparedFigure one, ComparedFigure two) {
    return one.segment().equals(two.segment()) == sumsOfOneSegment;
  }

  private void meet(Presence presence, Presence other) {
    boolean ordered = presence.figure().number() < other.figure().number();
    Presence one = ordered ? presence : other;
    Presence two = ordered ? other : presence;
    for (Pair pair : pairs(one.figure(), two.figure())) {
      pair.add(one.since(pair.first), two.since(pair.second));
    }
  }

  private List<Pair> pairs(ComparedFigure one, ComparedFigure two) {
    return pairs.computeIfAbsent(
        (long) one.number() * moved.length + two.number(), any -> all(one, two));
  }

  private static List<Pair> all(ComparedFigure one, ComparedFigure two) {
    List<Pair> all = new ArrayList<>();
    TreeSet<Long> releases = new TreeSet<>();
    one.sets().forEach(set -> releases.add(set.release()));
    two.sets().forEach(set -> releases.add(set.release()));
    for (long release : releases) {
      if (one.at(release) >= 0 && two.at(release) >= 0) {
        all.add(new Pair(one.at(release), two.at(release)));
      }
    }
    for (int set = 0; set < one.sets().size(); set++) {
      all.add(new Pair(set, -1));
    }
    for (int set = 0; set < two.sets().size(); set++) {
      all.add(new Pair(-1, set));
    }
    return all;
  }

  /** Whether two figures tell of few, of which the release has changed one at least. */
  boolean few(ComparedFigure one, ComparedFigure two) {
    if (!areCompared(one, two) || one.now() == 0 || two.now() == 0) {
      return false;
    }
    boolean met = pairs.containsKey((long) one.number() * moved.length + two.number());
    if (!met && least(one) + least(two) >= k) {
      return false;
    }
    for (Pair pair : pairs(one, two)) {
      if (few(pair, one.number(), two.number())) {
        return true;
      }
    }
    return false;
  }

  /** The fewest living persons of any of its changes. */
  private long least(ComparedFigure figure) {
    long least = k;
    for (int set = 0; set < moved[figure.number()].length; set++) {
      if (anybody(figure.number(), set)) {
        least = Math.min(least, moved[figure.number()][set]);
      }
    }
    return least;
  }

  private boolean anybody(int figure, int set) {
    return moved[figure][set] + erasedCame[figure][set] + erasedLeft[figure][set] > 0;
  }

  private boolean few(Pair pair, int one, int two) {
    int first = pair.first + 1;
    int second = pair.second + 1;
    if (!anybody(one, first) || !anybody(two, second)) {
      return false;
    }
    long living = moved[one][first] + moved[two][second] - pair.both;
    long came = erasedCame[one][first];
    long left = erasedLeft[one][first];
    long difference =
        Math.abs(came - erasedCame[two][second]) + Math.abs(left - erasedLeft[two][second]);
    long sum = Math.abs(came - erasedLeft[two][second]) + Math.abs(left - erasedCame[two][second]);
    return few(living - pair.same + difference) || few(living - pair.opposite + sum);
  }

  private boolean few(long persons) {
    return persons > 0 && persons < k;
  }
}
