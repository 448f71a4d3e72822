package com.segumento.privacy.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sees without a linear program that a number of persons may be another: where so many of two
 * groups, or of one, could as well be of this one and of one more that takes the cells this one has
 * not. The cells' numbers stay what they are.
 */
final class Swaps {
  private static final int WIDTH = 32;

  private final Map<List<Integer>, Long> persons;
  private final Map<Integer, List<List<Integer>>> behind;

  /**
   * Between these.
   *
   * @param behind who is behind each cell, in the order in which they are tried
   */
  Swaps(Map<List<Integer>, Long> persons, Map<Integer, List<List<Integer>>> behind) {
    // Looked up far more often than it is made.
    this.persons = new HashMap<>(persons);
    this.behind = behind;
  }

  /** Whether k persons more and fewer, together, are seen to be possible. */
  boolean leave(List<Integer> group, long k) {
    List<List<Integer>> near = near(group);
    long up = moved(group, near, true, k);
    return up >= k || up + moved(group, near, false, k - up) >= k;
  }

  private long moved(List<Integer> group, List<List<Integer>> near, boolean up, long enough) {
    Map<List<Integer>, Long> now = new HashMap<>();
    long moved = 0;
    for (int i = 0; i < near.size() && moved < enough; i++) {
      moved += move(group, List.of(near.get(i)), up, now);
      for (int j = i + 1; j < near.size() && moved < enough; j++) {
        moved += move(group, List.of(near.get(i), near.get(j)), up, now);
      }
    }
    return moved;
  }

  private long move(
      List<Integer> group, List<List<Integer>> others, boolean up, Map<List<Integer>, Long> now) {
    Optional<List<Integer>> last =
        last(group, others).filter(each -> each.isEmpty() || persons.containsKey(each));
    if (last.isEmpty() || last.get().equals(group)) {
      return 0;
    }
    List<List<Integer>> same = new ArrayList<>(List.of(group));
    if (!last.get().isEmpty()) {
      same.add(last.get());
    }
    List<List<Integer>> gain = up ? same : others;
    List<List<Integer>> lose = up ? others : same;
    long times =
        lose.stream()
            .mapToLong(each -> now.getOrDefault(each, persons.get(each)))
            .min()
            .orElseThrow();
    gain.forEach(each -> now.put(each, now.getOrDefault(each, persons.get(each)) + times));
    lose.forEach(each -> now.put(each, now.getOrDefault(each, persons.get(each)) - times));
    return times;
  }

  /** The cells of the others without the group's own. */
  private static Optional<List<Integer>> last(List<Integer> group, List<List<Integer>> others) {
    List<Integer> cells = new ArrayList<>();
    others.forEach(cells::addAll);
    for (Integer cell : group) {
      if (!cells.remove(cell)) {
        return Optional.empty();
      }
    }
    Collections.sort(cells);
    return new HashSet<>(cells).size() == cells.size() ? Optional.of(cells) : Optional.empty();
  }

  private List<List<Integer>> near(List<Integer> group) {
    Set<List<Integer>> near = new LinkedHashSet<>();
    for (int cell : group) {
      int left = WIDTH;
      for (List<Integer> other : behind.get(cell)) {
        if (left == 0) {
          break;
        }
        if (!other.equals(group) && near.add(other)) {
          left--;
        }
      }
    }
    return List.copyOf(near);
  }
}
