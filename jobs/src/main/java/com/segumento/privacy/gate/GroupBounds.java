package com.segumento.privacy.gate;

import com.segumento.privacy.gate.CellGroups.Group;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * What the numbers of persons in cells say of the number in a group: the least and the greatest
 * that a linear program finds among all numbers of persons, none below zero, that add up to the
 * cells' numbers. Groups that follow from single equations are computed first, and what {@link
 * GroupExchanges} show to be possible needs no program.
 *
 * <p>A group is looked at with those near it first, by equations, while all others have the numbers
 * they have; what these allow is allowed by all. Only where that is too little more are let go, up
 * to {@link #LARGEST}; beyond them the bounds may be narrower than what the equations say, never
 * wider.
 *
 * @see <a href="https://doi.org/10.1287/mnsc.47.7.1008.9805">Fischetti and Salazar-González,
 *     Solving the cell suppression problem on tabular data with linear constraints (2001): the
 *     attacker's two problems</a>
 */
final class GroupBounds {
  /** So many groups are let go at the most. */
  static final int LARGEST = 1024;

  private static final int SMALLEST = 64;
  private static final int GROWTH = 4;

  /** What a solver may be off by. */
  private static final double TOLERANCE = 1e-6;

  private final List<Group> groups;
  private final Map<Integer, List<Integer>> byCell = new TreeMap<>();
  private final Map<Integer, Set<Integer>> linked = new HashMap<>();
  private final BitSet known = new BitSet();
  private final GroupExchanges exchanges;

  GroupBounds(List<Group> groups) {
    this.groups = groups;
    for (int group = 0; group < groups.size(); group++) {
      for (int cell : groups.get(group).cells()) {
        byCell.computeIfAbsent(cell, any -> new ArrayList<>()).add(group);
      }
    }
    // Where many are in a cell, those of most persons leave most room.
    Comparator<Integer> order =
        Comparator.comparingLong((Integer group) -> -groups.get(group).persons())
            .thenComparing(Comparator.naturalOrder());
    byCell.values().forEach(all -> all.sort(order));
    link();
    follow();
    this.exchanges = new GroupExchanges(groups, byCell);
  }

  /** The least and the greatest number of whole persons a group may have. */
  record Interval(long least, long greatest) {
    long width() {
      return greatest - least;
    }
  }

  /** All cells that equations link with one of these, they themselves among them. */
  Set<Integer> linked(Set<Integer> cells) {
    Set<Integer> all = new HashSet<>();
    cells.stream()
        .filter(cell -> byCell.containsKey(cell) && !all.contains(cell))
        .forEach(cell -> all.addAll(linked.get(cell)));
    return all;
  }

  /** Whether single equations tell a group's number, and none of them is about it alone. */
  boolean follows(int group) {
    return known.get(group)
        && groups.get(group).cells().stream().allMatch(cell -> byCell.get(cell).size() > 1);
  }

  /** Bounds of a group: tight ones, or others within them that are {@code enough} apart or more. */
  Interval of(int group, long enough) {
    long persons = groups.get(group).persons();
    Interval found = new Interval(persons, persons);
    if (known.get(group)) {
      return found;
    }
    long more = exchanges.reach(group, true, enough);
    long fewer = more >= enough ? 0 : exchanges.reach(group, false, enough - more);
    found = new Interval(persons - fewer, persons + more);
    if (found.width() >= enough) {
      return found;
    }
    Set<Integer> before = Set.of();
    for (int size = SMALLEST; size <= LARGEST; size *= GROWTH) {
      Set<Integer> near = near(group, size, size == LARGEST ? size : size / 8);
      if (!near.equals(before)) {
        Interval programmed = new Interval(-bound(near, group, -1), bound(near, group, 1));
        found = programmed.width() > found.width() ? programmed : found;
        before = near;
      }
      if (found.width() >= enough) {
        return found;
      }
    }
    return found;
  }

  /** The nearest groups, so many and so many of each cell at the most. */
  private Set<Integer> near(int group, int size, int each) {
    Set<Integer> near = new LinkedHashSet<>(List.of(group));
    Deque<Integer> next = new ArrayDeque<>(near);
    Set<Integer> seen = new HashSet<>();
    while (!next.isEmpty() && near.size() < size) {
      for (int cell : groups.get(next.poll()).cells()) {
        if (seen.add(cell)) {
          byCell.get(cell).stream()
              .filter(other -> !known.get(other) && !near.contains(other))
              .limit(Math.min(each, size - near.size()))
              .toList()
              .forEach(
                  other -> {
                    near.add(other);
                    next.add(other);
                  });
        }
      }
    }
    return near;
  }

  /** The greatest number of whole persons of a group, or of what is below it, as a negative one. */
  private long bound(Set<Integer> near, int group, int sign) {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    Map<Integer, Expression> equations = new TreeMap<>();
    Map<Integer, Long> sums = new HashMap<>();
    for (int each : near) {
      Variable number = model.newVariable("group " + each).lower(0);
      if (each == group) {
        number.weight(sign);
      }
      for (int cell : groups.get(each).cells()) {
        equations.computeIfAbsent(cell, any -> model.newExpression("cell " + cell)).set(number, 1);
        sums.merge(cell, groups.get(each).persons(), Long::sum);
      }
    }
    equations.forEach((cell, equation) -> equation.level(sums.get(cell)));
    Optimisation.Result result = model.maximise();
    if (!result.getState().isOptimal()) {
      // All are what they are, at the least: that is allowed.
      return sign * groups.get(group).persons();
    }
    return (long) Math.floor(result.getValue() + TOLERANCE);
  }

  /** Components of cells that have a group in common. */
  private void link() {
    for (int cell : byCell.keySet()) {
      if (!linked.containsKey(cell)) {
        Set<Integer> component = new HashSet<>(Set.of(cell));
        Deque<Integer> next = new ArrayDeque<>(component);
        while (!next.isEmpty()) {
          for (int group : byCell.get(next.poll())) {
            groups.get(group).cells().stream().filter(component::add).forEach(next::add);
          }
        }
        component.forEach(each -> linked.put(each, component));
      }
    }
  }

  /** Finds groups that are the only unknown of a cell, until there are no more. */
  private void follow() {
    Map<Integer, Integer> open = new HashMap<>();
    byCell.forEach((cell, all) -> open.put(cell, all.size()));
    Deque<Integer> next = new ArrayDeque<>();
    open.forEach((cell, count) -> next.addAll(count == 1 ? List.of(cell) : List.of()));
    while (!next.isEmpty()) {
      int cell = next.poll();
      byCell.get(cell).stream()
          .filter(group -> !known.get(group))
          .findFirst()
          .ifPresent(
              group -> {
                known.set(group);
                for (int other : groups.get(group).cells()) {
                  if (open.merge(other, -1, Integer::sum) == 1) {
                    next.add(other);
                  }
                }
              });
    }
  }
}
