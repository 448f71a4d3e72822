package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.gate.CellGroups.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellGroupsTest {
  private static final int K = 10;

  @ParameterizedTest(name = "{0} in no part: told {1}")
  @CsvSource({"0, false", "1, true", "9, true", "10, false", "11, false"})
  void aTotalMinusItsPartsTellsOfFewerThanK(long left, boolean told) {
    List<Group> groups = new ArrayList<>(parts(20, 30));
    if (left > 0) {
      groups.add(new Group(List.of(0), left));
    }
    CellGroups system = system(groups, 0);
    assertThat(system.tellByDifference()).isEqualTo(told);
    assertThat(system.boundTightly()).isEqualTo(told);
  }

  @ParameterizedTest(name = "{0} left a part of a total they are still in: told {1}")
  @CsvSource({"1, true", "9, true", "10, false"})
  void thoseWhoAreStillInAPartCount(long left, boolean told) {
    List<Group> groups = new ArrayList<>(parts(20, 30));
    groups.add(new Group(List.of(1), left));
    assertThat(system(groups, 0).tellByDifference()).isEqualTo(told);
  }

  @ParameterizedTest(name = "{0} are in the total only, {1} in the part only: told {2}")
  @CsvSource({"3, 1, true", "3, 6, true", "3, 7, false", "10, 1, false"})
  void oneWhoLeftHidesNobody(long more, long less, boolean told) {
    List<Group> groups = new ArrayList<>(parts(20, 30));
    groups.add(new Group(List.of(0), more));
    groups.add(new Group(List.of(1), less));
    CellGroups system = system(groups, 0);
    assertThat(system.tellByDifference()).isEqualTo(told);
    assertThat(system.boundTightly()).isEqualTo(more < K);
  }

  @ParameterizedTest(name = "{0} have another share in the part: told {1}")
  @CsvSource({"1, true", "9, true", "10, false"})
  void ofSumsAnotherShareIsOnePerson(long others, boolean told) {
    List<Group> groups = new ArrayList<>(parts(20, 30));
    groups.add(new Group(List.of(0), others));
    groups.add(new Group(List.of(1), others));
    CellGroups sums = new CellGroups(K, List.of("", "a", "a"), Set.of(0), true, groups, Map.of());
    assertThat(sums.tellByDifference()).isEqualTo(told);
  }

  /** Ages by themselves, women by themselves, and so few men that they are not published. */
  @ParameterizedTest(name = "{0} and {1} men of two ages: told {2}")
  @CsvSource({"2, 3, true", "4, 5, true", "4, 6, false", "9, 9, false"})
  void allOfOneShapeMinusAllOfAnother(long young, long old, boolean told) {
    CellGroups system =
        new CellGroups(
            K,
            List.of("age", "age", "gender"),
            Set.of(2),
            false,
            List.of(
                new Group(List.of(0, 2), 100),
                new Group(List.of(0), young),
                new Group(List.of(1, 2), 50),
                new Group(List.of(1), old)),
            Map.of());
    assertThat(system.tellByDifference()).isEqualTo(told);
    assertThat(system.boundTightly()).isEqualTo(told);
  }

  @ParameterizedTest(name = "cell {0} is new: told {1}")
  @CsvSource({"0, true", "1, true", "2, true", "3, false"})
  void whatWasToldBeforeIsNotToldAgain(int changed, boolean told) {
    List<Group> groups = new ArrayList<>(parts(20, 30));
    groups.add(new Group(List.of(0), 4));
    groups.add(new Group(List.of(3), 40));
    CellGroups system =
        new CellGroups(K, List.of("", "a", "a", "a"), Set.of(changed), false, groups, Map.of());
    assertThat(system.tellByDifference()).isEqualTo(told);
    assertThat(system.boundTightly()).isEqualTo(told);
  }

  /** Persons in cells of two shapes at random, each in one of either at the most. */
  @Property(tries = 300)
  void differencesAreThoseOfTheirSets(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> shapes = List.of("a", "a", "b", "b", "b");
    List<Set<Integer>> sets =
        shapes.stream().map(any -> (Set<Integer>) new TreeSet<Integer>()).toList();
    for (int person = 0; person < 25; person++) {
      int whole = random.nextInt(3);
      int part = random.nextInt(10) == 0 ? random.nextInt(4) : whole == 0 ? random.nextInt(2) : 2;
      if (whole < 2) {
        sets.get(whole).add(person);
      }
      if (part < 3 && random.nextInt(12) > 0) {
        sets.get(2 + part).add(person);
      }
    }
    Map<List<Integer>, Long> groups = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (int person = 0; person < 25; person++) {
      int each = person;
      List<Integer> cells =
          IntStream.range(0, 5).filter(cell -> sets.get(cell).contains(each)).boxed().toList();
      if (!cells.isEmpty()) {
        groups.merge(cells, 1L, Long::sum);
      }
    }
    CellGroups system =
        new CellGroups(
            K / 2,
            shapes,
            Set.of(0, 1, 2, 3, 4),
            false,
            groups.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList(),
            Map.of());
    assertThat(system.tellByDifference()).isEqualTo(naive(sets, shapes, K / 2));
  }

  private static boolean naive(List<Set<Integer>> sets, List<String> shapes, int k) {
    for (int whole = 0; whole < sets.size(); whole++) {
      Set<Integer> all = sets.get(whole);
      String shape = shapes.get(whole);
      Map<Integer, Integer> weights = new TreeMap<>();
      List<Set<Integer>> parts =
          IntStream.range(0, sets.size())
              .filter(part -> !shapes.get(part).equals(shape))
              .mapToObj(sets::get)
              .filter(part -> nearlyWithin(part, all, k))
              .toList();
      all.forEach(person -> weights.merge(person, 1, Integer::sum));
      parts.forEach(part -> part.forEach(person -> weights.merge(person, -1, Integer::sum)));
      Set<Integer> told =
          weights.entrySet().stream()
              .filter(weight -> weight.getValue() != 0)
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      if (!parts.isEmpty() && !told.isEmpty() && told.size() < k) {
        return true;
      }
    }
    return false;
  }

  private static boolean nearlyWithin(Set<Integer> part, Set<Integer> whole, int k) {
    long inside = part.stream().filter(whole::contains).count();
    long outside = part.size() - inside;
    return outside < k && outside < inside;
  }

  /** A total, cell 0, and its parts, cells 1 and up, of so many persons. */
  private static List<Group> parts(long... persons) {
    return IntStream.range(0, persons.length)
        .mapToObj(part -> new Group(List.of(0, part + 1), persons[part]))
        .toList();
  }

  private static CellGroups system(List<Group> groups, int changed) {
    return new CellGroups(K, List.of("", "a", "a"), Set.of(changed), false, groups, Map.of());
  }
}
