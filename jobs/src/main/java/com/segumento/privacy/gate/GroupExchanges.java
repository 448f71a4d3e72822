package com.segumento.privacy.gate;

import com.segumento.privacy.gate.CellGroups.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Other numbers of persons with the same numbers in all cells, found by exchanges of up to four
 * groups: whom one group has more, and one that makes up for it, two others have less. What is
 * found is allowed; what is not found may be, and is left to {@link GroupBounds}.
 */
final class GroupExchanges {
  /** So many groups of a cell are tried, those of most persons first. */
  private static final int TRIED = 32;

  private final List<Group> groups;
  private final Map<Integer, List<Integer>> byCell;
  private final Map<List<Integer>, Integer> byCells = new HashMap<>();

  /**
   * Of these groups.
   *
   * @param byCell the groups of each cell, those to be tried first in front
   */
  GroupExchanges(List<Group> groups, Map<Integer, List<Integer>> byCell) {
    this.groups = groups;
    this.byCell = byCell;
    for (int group = 0; group < groups.size(); group++) {
      byCells.put(groups.get(group).cells(), group);
    }
  }

  /** How many more, or fewer, persons a group may have at least; it stops at {@code enough}. */
  long reach(int group, boolean more, long enough) {
    Map<Integer, Long> left = new HashMap<>();
    long reached = 0;
    List<Integer> near = near(group);
    for (int i = 0; i < near.size() && reached < enough; i++) {
      reached += exchanged(group, near.get(i), -1, more, left);
      for (int j = i + 1; j < near.size() && reached < enough; j++) {
        reached += exchanged(group, near.get(i), near.get(j), more, left);
      }
    }
    return reached;
  }

  private List<Integer> near(int group) {
    List<Integer> near = new ArrayList<>();
    for (int cell : groups.get(group).cells()) {
      byCell.get(cell).stream()
          .filter(other -> other != group && !near.contains(other))
          .limit(TRIED)
          .forEach(near::add);
    }
    return near;
  }

  /** Exchanges as many as there are, with one group or two. */
  private long exchanged(int group, int first, int second, boolean more, Map<Integer, Long> left) {
    List<Integer> rest = rest(group, first, second);
    int fourth = rest == null || rest.isEmpty() ? -1 : byCells.getOrDefault(rest, -2);
    if (rest == null || fourth == -2 || fourth == group) {
      return 0;
    }
    long times =
        more
            ? Math.min(left(first, left), left(second, left))
            : Math.min(left(group, left), left(fourth, left));
    long sign = more ? 1 : -1;
    add(group, sign * times, left);
    add(fourth, sign * times, left);
    add(first, -sign * times, left);
    add(second, -sign * times, left);
    return times;
  }

  /** The cells of first and second that a group has not; none where it has others, or twice. */
  private List<Integer> rest(int group, int first, int second) {
    List<Integer> rest = new ArrayList<>(groups.get(first).cells());
    rest.addAll(second < 0 ? List.of() : groups.get(second).cells());
    for (Integer cell : groups.get(group).cells()) {
      if (!rest.remove(cell)) {
        return null;
      }
    }
    rest.sort(null);
    return rest.stream().distinct().count() == rest.size() ? rest : null;
  }

  private long left(int group, Map<Integer, Long> left) {
    return group < 0
        ? Long.MAX_VALUE
        : left.computeIfAbsent(group, any -> groups.get(group).persons());
  }

  private void add(int group, long persons, Map<Integer, Long> left) {
    if (group >= 0) {
      left.put(group, left(group, left) + persons);
    }
  }
}
