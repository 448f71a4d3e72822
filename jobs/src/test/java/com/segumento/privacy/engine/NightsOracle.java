package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ReleaseMemory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What no two figures of many nights may tell: of 1 to {@link #K}-1 persons. Plain Java on the sets
 * behind all figures, which compares everything with everything.
 */
final class NightsOracle {
  static final int K = 5;

  /** A number of persons, or a sum, of a cell. */
  record Figure(String segment, String cell, String figure) {}

  /** A person and what it adds. */
  record Element(int person, BigDecimal share) {}

  /**
   * What a client has of a night.
   *
   * @param shown sets of the figures in its rows; of others there is nobody
   * @param withheld figures of sets that stand though no row shows them
   */
  record Night(Map<Figure, Set<Element>> shown, Set<Figure> withheld) {}

  private NightsOracle() {}

  /** A set that is published has k, and differs from those before by none or k on each side. */
  static void follow(Figure figure, Set<Element> set, Map<Figure, List<Set<Element>>> published) {
    assertThat(set.stream().map(Element::person).distinct()).hasSizeGreaterThanOrEqualTo(K);
    List<Set<Element>> earlier = published.computeIfAbsent(figure, none -> new ArrayList<>());
    for (Set<Element> then : earlier) {
      assertThat(List.of(left(set, then), left(then, set)))
          .as("joined and left of %s", figure)
          .allMatch(few -> few == 0 || few >= K);
    }
    if (!earlier.contains(set)) {
      earlier.add(Set.copyOf(set));
    }
  }

  private static int left(Set<Element> of, Set<Element> without) {
    Set<Element> rest = new HashSet<>(of);
    rest.removeAll(without);
    return rest.size();
  }

  /** No two sets of one cell are one person apart, whatever segments and nights they are of. */
  static void differ(Map<Figure, List<Set<Element>>> published) {
    published.forEach(
        (figure, sets) ->
            published.forEach(
                (other, others) -> {
                  if (figure.cell().equals(other.cell())
                      && figure.figure().equals(ReleaseMemory.PERSONS)
                      && other.figure().equals(ReleaseMemory.PERSONS)) {
                    sets.forEach(
                        set ->
                            others.forEach(
                                then ->
                                    assertThat(left(set, then) + left(then, set))
                                        .as("%s and %s", figure, other)
                                        .matches(apart -> apart == 0 || apart >= K)));
                  }
                }));
  }

  /**
   * No two sums of the same cells of a segment differ by few, whatever cells and nights; of cells
   * that are withheld nobody knows what to add.
   */
  static void addUp(List<Night> nights) {
    for (int night = 1; night < nights.size(); night++) {
      for (int before = 0; before < night; before++) {
        Night now = nights.get(night);
        Night then = nights.get(before);
        Map<List<String>, Set<String>> cells = new HashMap<>();
        for (Night one : List.of(now, then)) {
          one.shown().keySet().stream()
              .filter(figure -> !now.withheld().contains(figure))
              .filter(figure -> !then.withheld().contains(figure))
              .forEach(
                  figure ->
                      cells
                          .computeIfAbsent(
                              List.of(figure.segment(), figure.figure()), none -> new TreeSet<>())
                          .add(figure.cell()));
        }
        cells.forEach(
            (of, names) ->
                subsets(List.copyOf(names))
                    .forEach(
                        some ->
                            assertThat(apart(of, some, now.shown(), then.shown()))
                                .as("persons in the difference of %s of %s", some, of)
                                .matches(apart -> apart == 0 || apart >= K)));
      }
    }
  }

  /** No two segments of a cell change alike but for few, or one against the other. */
  static void grow(List<Map<Figure, Set<Element>>> stood) {
    for (int night = 1; night < stood.size(); night++) {
      for (int before = 0; before < night; before++) {
        Map<Figure, Set<Element>> now = stood.get(night);
        Map<Figure, Set<Element>> then = stood.get(before);
        for (Figure one : now.keySet()) {
          for (Figure two : now.keySet()) {
            if (one.cell().equals(two.cell())
                && one.figure().equals(two.figure())
                && one.segment().compareTo(two.segment()) < 0) {
              Map<Element, Integer> change = change(one, then, now);
              Map<Element, Integer> other = change(two, then, now);
              boolean fromNobody = !then.containsKey(one) && !then.containsKey(two);
              if (!change.isEmpty() && !other.isEmpty() && !fromNobody) {
                assertThat(List.of(unlike(change, other, 1), unlike(change, other, -1)))
                    .as("%s and %s", one, two)
                    .allMatch(few -> few == 0 || few >= K);
              }
            }
          }
        }
      }
    }
  }

  private static Map<Element, Integer> change(
      Figure figure, Map<Figure, Set<Element>> then, Map<Figure, Set<Element>> now) {
    Map<Element, Integer> change = new HashMap<>();
    now.get(figure).forEach(element -> change.merge(element, 1, Integer::sum));
    then.getOrDefault(figure, Set.of()).forEach(element -> change.merge(element, -1, Integer::sum));
    change.values().removeIf(each -> each == 0);
    return change;
  }

  private static long unlike(Map<Element, Integer> one, Map<Element, Integer> two, int sign) {
    Set<Element> all = new HashSet<>(one.keySet());
    all.addAll(two.keySet());
    return all.stream()
        .filter(element -> one.getOrDefault(element, 0) != sign * two.getOrDefault(element, 0))
        .count();
  }

  private static List<List<String>> subsets(List<String> cells) {
    List<List<String>> subsets = new ArrayList<>();
    for (int bits = 1; bits < 1 << cells.size(); bits++) {
      List<String> subset = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        if ((bits >> i & 1) == 1) {
          subset.add(cells.get(i));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }

  /** Persons who add more to the cells together at one time than at the other. */
  private static long apart(
      List<String> of,
      List<String> cells,
      Map<Figure, Set<Element>> now,
      Map<Figure, Set<Element>> then) {
    boolean counted = of.get(1).equals(ReleaseMemory.PERSONS);
    Map<Integer, BigDecimal> more = new HashMap<>();
    for (String cell : cells) {
      Figure figure = new Figure(of.get(0), cell, of.get(1));
      now.getOrDefault(figure, Set.of())
          .forEach(
              one ->
                  more.merge(
                      one.person(), counted ? BigDecimal.ONE : one.share(), BigDecimal::add));
      then.getOrDefault(figure, Set.of())
          .forEach(
              one ->
                  more.merge(
                      one.person(),
                      (counted ? BigDecimal.ONE : one.share()).negate(),
                      BigDecimal::add));
    }
    return more.values().stream().filter(each -> each.signum() != 0).count();
  }
}
