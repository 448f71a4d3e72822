package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.gate.CellGroups.Group;
import com.segumento.privacy.gate.GroupBounds.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GroupBoundsTest {
  /** Of two shapes the corners of what the equations allow are whole numbers. */
  @Property(tries = 300)
  void ofTwoShapesTheBoundsAreThoseOfAllTables(
      @ForAll @IntRange(min = 1, max = 3) int first,
      @ForAll @IntRange(min = 1, max = 3) int second,
      @ForAll long seed) {
    List<Group> groups = groups(new Random(seed), first, second, 0);
    Map<Integer, Interval> tables = tables(groups);
    GroupBounds bounds = new GroupBounds(groups);
    for (int group = 0; group < groups.size(); group++) {
      assertThat(bounds.of(group, Long.MAX_VALUE)).isEqualTo(tables.get(group));
    }
  }

  @Property(tries = 150)
  void ofThreeShapesNoTableIsOutsideOfThem(
      @ForAll @IntRange(min = 1, max = 2) int first,
      @ForAll @IntRange(min = 1, max = 3) int second,
      @ForAll @IntRange(min = 1, max = 2) int third,
      @ForAll long seed) {
    List<Group> groups = groups(new Random(seed), first, second, third);
    Map<Integer, Interval> tables = tables(groups);
    GroupBounds bounds = new GroupBounds(groups);
    for (int group = 0; group < groups.size(); group++) {
      Interval found = bounds.of(group, Long.MAX_VALUE);
      assertThat(found.least()).isLessThanOrEqualTo(tables.get(group).least());
      assertThat(found.greatest()).isGreaterThanOrEqualTo(tables.get(group).greatest());
    }
  }

  /** Two rows of so many columns, and a group in one column more. */
  @Property(tries = 20)
  void aFewNearbyGroupsShowThatThereIsRoom(@ForAll @IntRange(min = 400, max = 600) int columns) {
    List<Group> groups = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      groups.add(new Group(List.of(0, 2 + column), 20));
      groups.add(new Group(List.of(1, 2 + column), column == 0 ? 3 : 20));
    }
    assertThat(new GroupBounds(groups).of(1, 10).width()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void whatIsLeftOfATotalIsKnown() {
    GroupBounds bounds =
        new GroupBounds(
            List.of(
                new Group(List.of(0), 4),
                new Group(List.of(0, 1), 20),
                new Group(List.of(0, 2), 30)));
    assertThat(bounds.of(0, 10)).isEqualTo(new Interval(4, 4));
    assertThat(bounds.linked(Set.of(2))).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void twoOfATotalHideEachOther() {
    GroupBounds bounds =
        new GroupBounds(List.of(new Group(List.of(0), 4), new Group(List.of(0, 1), 7)));
    assertThat(bounds.of(0, 10)).isEqualTo(new Interval(4, 4));
    GroupBounds hidden =
        new GroupBounds(
            List.of(
                new Group(List.of(0), 4), new Group(List.of(0, 1), 7), new Group(List.of(1), 8)));
    assertThat(hidden.of(0, 10)).isEqualTo(new Interval(0, 11));
  }

  /** Each group in a cell of each shape at the most. */
  private static List<Group> groups(Random random, int... sizes) {
    Map<List<Integer>, Group> groups = new LinkedHashMap<>();
    int wanted = 1 + random.nextInt(6);
    for (int i = 0; i < wanted; i++) {
      TreeSet<Integer> cells = new TreeSet<>();
      int start = 0;
      for (int size : sizes) {
        int cell = random.nextInt(size + 1);
        if (cell < size) {
          cells.add(start + cell);
        }
        start += size;
      }
      if (!cells.isEmpty()) {
        List<Integer> key = List.copyOf(cells);
        groups.put(key, new Group(key, random.nextInt(5)));
      }
    }
    return List.copyOf(groups.values());
  }

  /** Least and greatest number of each group in all tables that have the cells' numbers. */
  private static Map<Integer, Interval> tables(List<Group> groups) {
    Map<Integer, Long> left = new TreeMap<>();
    groups.forEach(
        group -> group.cells().forEach(cell -> left.merge(cell, group.persons(), Long::sum)));
    Map<Integer, Interval> found = new TreeMap<>();
    fill(groups, left, new ArrayList<>(), found);
    return found;
  }

  private static void fill(
      List<Group> groups,
      Map<Integer, Long> left,
      List<Long> numbers,
      Map<Integer, Interval> found) {
    if (numbers.size() == groups.size()) {
      if (left.values().stream().allMatch(each -> each == 0)) {
        for (int i = 0; i < numbers.size(); i++) {
          long number = numbers.get(i);
          found.merge(
              i,
              new Interval(number, number),
              (a, b) ->
                  new Interval(
                      Math.min(a.least(), b.least()), Math.max(a.greatest(), b.greatest())));
        }
      }
      return;
    }
    List<Integer> cells = groups.get(numbers.size()).cells();
    long most = cells.stream().mapToLong(left::get).min().orElseThrow();
    for (long number = 0; number <= most; number++) {
      long each = number;
      cells.forEach(cell -> left.merge(cell, -each, Long::sum));
      numbers.add(number);
      fill(groups, left, numbers, found);
      numbers.remove(numbers.size() - 1);
      cells.forEach(cell -> left.merge(cell, each, Long::sum));
    }
  }
}
