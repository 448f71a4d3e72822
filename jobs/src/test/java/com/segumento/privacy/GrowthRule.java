package com.segumento.privacy;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the last release of a random history tells of few by the growth of totals and their parts,
 * set by set.
 *
 * @param oldest a set that was replaced before this business date is not remembered any more
 */
public record GrowthRule(RandomRemainders all, LocalDate oldest) {
  private static final int K = RandomRemainders.K;
  private static final int BEFORE = RandomRemainders.TONIGHT - 1;

  /** All cells of a segment after a release. */
  private Map<String, Set<Integer>> cells(String segment, int release) {
    Map<String, Set<Integer>> cells =
        new TreeMap<>(all.sets(segment, RandomRemainders.OURS, release));
    cells.putAll(all.sets(segment, RandomRemainders.THEIRS, release));
    return cells;
  }

  /** Segments and cells that have to wait. */
  public Set<String> waiting() {
    Set<String> waiting = new TreeSet<>();
    for (String segment : all.segments()) {
      Set<String> changed = all.changed(segment);
      for (Set<String> total : totals(segment)) {
        Set<String> parts = parts(segment, total);
        boolean isNew = total.stream().anyMatch(changed::contains);
        boolean any = isNew || parts.stream().anyMatch(changed::contains);
        if (!parts.isEmpty() && any && tells(segment, total, parts)) {
          waiting.add(segment + " " + fewest(segment, isNew ? total : parts, changed));
        }
      }
    }
    return waiting;
  }

  /** Each cell, and all cells of an export. */
  private Set<Set<String>> totals(String segment) {
    Set<Set<String>> totals = new HashSet<>();
    Map<Character, Set<String>> exports = new TreeMap<>();
    for (String cell : cells(segment, RandomRemainders.TONIGHT).keySet()) {
      totals.add(Set.of(cell));
      exports.computeIfAbsent(cell.charAt(0), none -> new TreeSet<>()).add(cell);
    }
    totals.addAll(exports.values());
    return totals;
  }

  private String fewest(String segment, Set<String> parts, Set<String> changed) {
    return parts.stream()
        .filter(changed::contains)
        .min(
            Comparator.<String>comparingInt(part -> moved(segment, part))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private int moved(String segment, String part) {
    Set<Integer> now = cells(segment, RandomRemainders.TONIGHT).getOrDefault(part, Set.of());
    Set<Integer> before = cells(segment, BEFORE).getOrDefault(part, Set.of());
    Set<Integer> both = new HashSet<>(now);
    both.retainAll(before);
    return now.size() + before.size() - 2 * both.size();
  }

  /** Cells of the other export that are parts now, or were until the last release. */
  private Set<String> parts(String segment, Set<String> total) {
    char export = total.iterator().next().charAt(0);
    Set<String> parts = new TreeSet<>();
    for (int release : List.of(BEFORE, RandomRemainders.TONIGHT)) {
      Map<String, Set<Integer>> cells = cells(segment, release);
      cells.forEach(
          (part, persons) -> {
            if (part.charAt(0) != export && isPart(persons, all(cells, total))) {
              parts.add(part);
            }
          });
    }
    return parts;
  }

  private boolean isPart(Set<Integer> part, Set<Integer> total) {
    long common = part.stream().filter(total::contains).filter(p -> !all.erased(p)).count();
    long same = Math.min(erased(part), erased(total));
    long outside = part.size() - common - same;
    return common > 0 && outside < K && outside < common + same;
  }

  private long erased(Set<Integer> persons) {
    return persons.stream().filter(all::erased).count();
  }

  /** Who is in some cells. */
  private static Set<Integer> all(Map<String, Set<Integer>> cells, Set<String> some) {
    Set<Integer> all = new HashSet<>();
    some.forEach(cell -> all.addAll(cells.getOrDefault(cell, Set.of())));
    return all;
  }

  private boolean tells(String segment, Set<String> total, Set<String> parts) {
    Map<Integer, Integer> now = counts(segment, total, parts, RandomRemainders.TONIGHT);
    if (all(cells(segment, RandomRemainders.TONIGHT), total).isEmpty()) {
      return false;
    }
    Set<String> both = new HashSet<>(parts);
    both.addAll(total);
    NavigableSet<Integer> releases = all.changes(segment, both);
    for (int release : releases.headSet(RandomRemainders.TONIGHT)) {
      Integer next = releases.higher(release);
      boolean remembered =
          next == null
              || next == RandomRemainders.TONIGHT
              // Each release is a backfill of an earlier day.
              || !RandomRemainders.date(releases.first()).isBefore(oldest);
      boolean there = !all(cells(segment, release), total).isEmpty();
      if (remembered && there) {
        long few = apart(now, counts(segment, total, parts, release));
        if (few > 0 && few < K) {
          return true;
        }
      }
    }
    return false;
  }

  /** By person, how often it counts in the total less its parts. */
  private Map<Integer, Integer> counts(
      String segment, Set<String> total, Set<String> parts, int release) {
    Map<Integer, Integer> counts = new TreeMap<>();
    Map<String, Set<Integer>> cells = cells(segment, release);
    all(cells, total).forEach(person -> counts.merge(person, 1, Integer::sum));
    for (String part : parts) {
      cells.getOrDefault(part, Set.of()).forEach(person -> counts.merge(person, -1, Integer::sum));
    }
    return counts;
  }

  private long apart(Map<Integer, Integer> now, Map<Integer, Integer> then) {
    Set<Integer> persons = new HashSet<>(now.keySet());
    persons.addAll(then.keySet());
    long living = 0;
    long erased = 0;
    for (int person : persons) {
      int more = now.getOrDefault(person, 0) - then.getOrDefault(person, 0);
      living += !all.erased(person) && more != 0 ? 1 : 0;
      erased += all.erased(person) ? more : 0;
    }
    return living + Math.abs(erased);
  }
}
