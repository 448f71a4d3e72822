package com.segumento.privacy.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which sums of a segment in one cell, new tonight, tell of few <em>together</em>: three or more of
 * them, added up and subtracted, as all purchases less those on the web and those in stores, leave
 * what 1 to k-1 persons add. Two are {@link NearSets}' and {@link NearChanges}'.
 *
 * <p>Each sum counts with the set that is new tonight and with the one that stood there, in any
 * mixture, as it may be left to stand. Nobody is told what the columns are to each other: of all
 * combinations there are, those are given up that k persons do not cancel out in, which nearly all
 * are after about k persons.
 */
final class CombinedSums {
  /** Of a segment that has more sums in a cell nothing new is published. */
  private static final int MOST = 20;

  private static final int FEWEST_TERMS = 3;

  private final List<OfSegment> segments;

  /**
   * Nobody yet.
   *
   * @param k persons that a combination must be about where it is about any
   * @param histories of sums of the cell
   */
  CombinedSums(int k, List<SetHistory> histories) {
    this.segments =
        histories.stream()
            .collect(
                Collectors.groupingBy(
                    history -> history.of().segment(), TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .filter(sums -> sums.size() >= FEWEST_TERMS)
            .filter(sums -> sums.stream().anyMatch(SetHistory::isNew))
            .map(sums -> new OfSegment(k, sums))
            .toList();
  }

  /** All that a person adds to sums of the cell. */
  void add(List<Stay> stays) {
    segments.forEach(segment -> segment.add(stays));
  }

  /**
   * Adds those whose new set gives way to these: of a combination the one of the fewest persons.
   */
  void givingWay(Set<SetHistory.Of> found) {
    segments.forEach(segment -> segment.givingWay(found));
  }

  /** So many sums are combined at most, that there are no more than 40,000 combinations. */
  private static int mostTerms(int sums) {
    if (sums <= 7) {
      return sums;
    }
    return sums == 8 ? 5 : sums <= 10 ? 4 : FEWEST_TERMS;
  }

  /** A set of a sum that may be published in the end. */
  private record Term(SetHistory history, int set) {
    boolean isNew() {
      return history.isNew() && set == history.sets() - 1;
    }

    long persons() {
      return history.size(set);
    }
  }

  /** Sets that are added up, or subtracted, and how many do not cancel out. */
  private static final class Combination {
    final int[] terms;
    final boolean[] subtracted;
    long persons;

    Combination(int[] terms, boolean[] subtracted) {
      this.terms = terms;
      this.subtracted = subtracted;
    }

    boolean cancelsOut(long[] added) {
      long left = 0;
      for (int i = 0; i < terms.length; i++) {
        left += subtracted[i] ? -added[terms[i]] : added[terms[i]];
      }
      return left == 0;
    }
  }

  private static final class OfSegment {
    private final int k;
    private final List<SetHistory> sums;
    private final List<Term> terms = new ArrayList<>();

    /** By number of a sum, its first term. */
    private final Map<Integer, Integer> first = new HashMap<>();

    private final List<Combination> combinations = new ArrayList<>();

    OfSegment(int k, List<SetHistory> sums) {
      this.k = k;
      this.sums = sums;
      if (sums.size() > MOST) {
        return;
      }
      for (SetHistory sum : sums) {
        first.put(sum.number(), terms.size());
        int last = sum.sets() - 1;
        terms.add(new Term(sum, last));
        if (sum.isNew() && last > 0) {
          terms.add(new Term(sum, last - 1));
        }
      }
      combine(0, new int[0], new boolean[0], mostTerms(sums.size()));
    }

    private void combine(int sum, int[] chosen, boolean[] subtracted, int most) {
      if (sum == sums.size() || chosen.length == most) {
        boolean anyNew = false;
        for (int term : chosen) {
          anyNew |= terms.get(term).isNew();
        }
        if (anyNew && chosen.length >= FEWEST_TERMS) {
          combinations.add(new Combination(chosen, subtracted));
        }
        return;
      }
      combine(sum + 1, chosen, subtracted, most);
      int begin = first.get(sums.get(sum).number());
      for (int term = begin;
          term < terms.size() && terms.get(term).history() == sums.get(sum);
          term++) {
        combine(sum + 1, with(chosen, term), with(subtracted, false), most);
        if (chosen.length > 0) { // else the same comes with all signs turned
          combine(sum + 1, with(chosen, term), with(subtracted, true), most);
        }
      }
    }

    private static int[] with(int[] some, int more) {
      int[] all = java.util.Arrays.copyOf(some, some.length + 1);
      all[some.length] = more;
      return all;
    }

    private static boolean[] with(boolean[] some, boolean more) {
      boolean[] all = java.util.Arrays.copyOf(some, some.length + 1);
      all[some.length] = more;
      return all;
    }

    void add(List<Stay> stays) {
      long[] added = new long[terms.size()];
      boolean any = false;
      for (Stay stay : stays) {
        Integer begin = first.get(stay.history().number());
        if (begin == null) {
          continue;
        }
        any = true;
        for (int term = begin;
            term < added.length && terms.get(term).history() == stay.history();
            term++) {
          added[term] = stay.in(terms.get(term).set());
        }
      }
      if (any) {
        combinations.removeIf(
            combination -> !combination.cancelsOut(added) && ++combination.persons == k);
      }
    }

    void givingWay(Set<SetHistory.Of> found) {
      if (sums.size() > MOST) {
        sums.stream().filter(SetHistory::isNew).forEach(sum -> found.add(sum.of()));
      }
      for (Combination combination : combinations) {
        List<Term> fresh = new ArrayList<>();
        for (int term : combination.terms) {
          if (terms.get(term).isNew()) {
            fresh.add(terms.get(term));
          }
        }
        if (combination.persons > 0
            && fresh.stream().noneMatch(term -> found.contains(term.history().of()))) {
          fresh.stream()
              .min(
                  Comparator.comparingLong(Term::persons)
                      .thenComparing(term -> term.history().of(), Comparator.reverseOrder()))
              .ifPresent(term -> found.add(term.history().of()));
        }
      }
    }
  }
}
