package com.segumento.privacy.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * How much room the numbers of cells leave to guess at a number of persons behind some of them: how
 * far apart the least and the greatest one are, by a linear program over all such numbers. Of many
 * that are linked only the nearest are let go, 64 first, 1,024 in the end: there is no less room
 * than these say.
 */
final class Room {
  private static final int FEW = 64;
  private static final int MANY = 1024;
  private static final double SLACK = 1e-6;

  private final NavigableMap<List<Integer>, Long> persons;
  private final Map<Integer, List<List<Integer>>> behind = new TreeMap<>();
  private final Set<List<Integer>> fixed = new HashSet<>();
  private final Swaps swaps;

  Room(NavigableMap<List<Integer>, Long> persons) {
    this.persons = persons;
    persons
        .keySet()
        .forEach(
            group ->
                group.forEach(
                    cell -> behind.computeIfAbsent(cell, any -> new ArrayList<>()).add(group)));
    behind
        .values()
        .forEach(
            groups ->
                groups.sort(
                    Comparator.comparing((List<Integer> group) -> persons.get(group))
                        .reversed()
                        .thenComparing(SharedSets.ORDER)));
    fix();
    this.swaps = new Swaps(persons, behind);
  }

  /** Who alone makes up a cell has its number; then one less is unknown of the others. */
  private void fix() {
    Map<Integer, Long> unknown = new HashMap<>();
    behind.forEach((cell, groups) -> unknown.put(cell, (long) groups.size()));
    Queue<Integer> single = new ArrayDeque<>();
    behind.keySet().stream().filter(cell -> unknown.get(cell) == 1).forEach(single::add);
    while (!single.isEmpty()) {
      for (List<Integer> group : behind.get(single.remove())) {
        if (fixed.add(group)) {
          for (int cell : group) {
            if (unknown.merge(cell, -1L, Long::sum) == 1) {
              single.add(cell);
            }
          }
        }
      }
    }
  }

  /** Whether the number of persons behind exactly these cells may be any of more than k. */
  boolean leaves(List<Integer> group, long k) {
    if (fixed.contains(group)) {
      return false;
    }
    if (swaps.leave(group, k)) {
      return true;
    }
    Set<List<Integer>> tried = Set.of();
    for (int size = FEW; size <= MANY; size *= 4) {
      Set<List<Integer>> near = near(group, size, size == MANY ? MANY : size / 8);
      if (!near.equals(tried) && apart(group, near) >= k) {
        return true;
      }
      tried = near;
    }
    return false;
  }

  /** Whether single equations say how many they are, and none of these is of them alone. */
  boolean tells(List<Integer> group) {
    return fixed.contains(group) && group.stream().noneMatch(cell -> behind.get(cell).size() == 1);
  }

  private Set<List<Integer>> near(List<Integer> group, int most, int ofCell) {
    Set<List<Integer>> near = new LinkedHashSet<>(Set.of(group));
    Set<Integer> seen = new HashSet<>();
    Queue<List<Integer>> open = new ArrayDeque<>(near);
    while (!open.isEmpty()) {
      for (int cell : open.remove()) {
        int left = seen.add(cell) ? ofCell : 0;
        for (List<Integer> other : behind.get(cell)) {
          if (left > 0 && near.size() < most && !fixed.contains(other) && near.add(other)) {
            open.add(other);
            left--;
          }
        }
      }
    }
    return near;
  }

  /** Cells in the order in which equations lead to them from a group's own. */
  List<Set<Integer>> distances(List<Integer> group) {
    List<Set<Integer>> distances = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    Set<Integer> next = new LinkedHashSet<>(group);
    while (!next.isEmpty()) {
      distances.add(next);
      seen.addAll(next);
      Set<Integer> after = new LinkedHashSet<>();
      for (int cell : next) {
        behind.get(cell).forEach(after::addAll);
      }
      after.removeAll(seen);
      next = after;
    }
    return distances;
  }

  private long apart(List<Integer> group, Set<List<Integer>> near) {
    long greatest = (long) Math.floor(extreme(group, near, true) + SLACK);
    long least = (long) Math.ceil(extreme(group, near, false) - SLACK);
    return greatest - least;
  }

  private double extreme(List<Integer> group, Set<List<Integer>> near, boolean greatest) {
    ExpressionsBasedModel program = new ExpressionsBasedModel();
    Map<Integer, Expression> cells = new LinkedHashMap<>();
    Map<Integer, Long> numbers = new HashMap<>();
    for (List<Integer> each : near) {
      Variable unknown = program.newVariable(each.toString()).lower(0);
      unknown.weight(each.equals(group) ? 1 : 0);
      for (int cell : each) {
        cells
            .computeIfAbsent(cell, any -> program.newExpression(String.valueOf(cell)))
            .set(unknown, 1);
        numbers.merge(cell, persons.get(each), Long::sum);
      }
    }
    cells.forEach((cell, equation) -> equation.level(numbers.get(cell)));
    Optimisation.Result result = greatest ? program.maximise() : program.minimise();
    return result.getState().isOptimal() ? result.getValue() : persons.get(group);
  }
}
