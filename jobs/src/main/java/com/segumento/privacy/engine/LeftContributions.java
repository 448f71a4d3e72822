package com.segumento.privacy.engine;

import com.segumento.privacy.engine.SharedSets.Remainder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who adds how much to what remains of a sum beside its parts, for the p% rule. Who has another
 * share in a part than in the whole adds the difference of the two. Of a person with more than two
 * shares in the same cells, or with two that do not count one against the other, it is only known
 * how much that is at the most.
 *
 * <p>Of who was erased it is not known where else one is: as many as are in the whole and in its
 * parts are taken for the same, and of the others it is known how much each adds where none is in
 * the whole, or none in the parts.
 */
final class LeftContributions {
  private final double p;
  private final Map<Integer, List<Persons>> behind = new HashMap<>();
  private final NavigableMap<List<Integer>, Sizes> groups = new TreeMap<>(SharedSets.ORDER);
  private final Map<Integer, Sizes> erased = new HashMap<>();

  /**
   * Nobody yet.
   *
   * @param p of the p% rule
   */
  LeftContributions(double p) {
    this.p = p;
  }

  /** Persons who are behind the same cells with each of their shares. */
  private record Persons(List<List<Integer>> cells, Shares shares) {}

  /**
   * Persons.
   *
   * @param cells by share, in order; none where one is behind no cell with it any more
   */
  void add(List<List<Integer>> cells, Shares shares) {
    Persons persons = new Persons(cells, shares);
    for (int share = 0; share < cells.size(); share++) {
      for (int cell : cells.get(share)) {
        behind.computeIfAbsent(cell, any -> new ArrayList<>()).add(persons);
      }
      if (!cells.get(share).isEmpty()) {
        groups.merge(cells.get(share), shares.of(share), Sizes::with);
      }
    }
  }

  void addErased(int cell, Sizes sizes) {
    erased.merge(cell, sizes, Sizes::with);
  }

  /** Whether somebody dominates what remains. */
  boolean dominate(Remainder remainder) {
    return left(remainder).dominated(p);
  }

  /**
   * Of these cells, those that hide who dominates what remains, where they are not published: the
   * first that does so alone, or as few as it takes of those to which most is added.
   */
  List<Integer> hiding(Remainder remainder, List<Integer> cells) {
    Sizes left = left(remainder);
    Map<Integer, Sizes> sizes = new HashMap<>();
    for (int cell : cells) {
      sizes.put(cell, of(cell));
      if (cell == remainder.whole() || !left.with(sizes.get(cell)).dominated(p)) {
        return List.of(cell);
      }
    }
    List<Integer> largest =
        cells.stream()
            .sorted(Comparator.comparing((Integer cell) -> sizes.get(cell).all()).reversed())
            .toList();
    List<Integer> hiding = new ArrayList<>();
    for (int i = 0; i < largest.size() && left.dominated(p); i++) {
      hiding.add(largest.get(i));
      left = left.with(sizes.get(largest.get(i)));
    }
    return hiding;
  }

  /** Whether somebody dominates what these add who are behind exactly these cells. */
  boolean dominate(List<Integer> group) {
    return groups.getOrDefault(group, Sizes.NONE).dominated(p);
  }

  private Sizes left(Remainder remainder) {
    Set<Persons> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Sizes left = erased(remainder);
    for (int cell : remainder.cells()) {
      for (Persons persons : behind.getOrDefault(cell, List.of())) {
        if (seen.add(persons)) {
          left = left.with(left(remainder, persons));
        }
      }
    }
    return left;
  }

  private static Sizes left(Remainder remainder, Persons persons) {
    int[] weights =
        persons.cells().stream()
            .mapToInt(cells -> cells.stream().mapToInt(remainder::weight).sum())
            .toArray();
    return persons.shares().weighed(weights);
  }

  private Sizes erased(Remainder remainder) {
    if (remainder.erased() == 0) {
      return Sizes.NONE;
    }
    Sizes whole = erased.getOrDefault(remainder.whole(), Sizes.NONE);
    Sizes parts =
        remainder.parts().stream()
            .map(part -> erased.getOrDefault(part, Sizes.NONE))
            .reduce(Sizes.NONE, Sizes::with);
    boolean both = whole.first().signum() > 0 && parts.first().signum() > 0;
    return both ? whole.with(parts).atMost() : whole.with(parts);
  }

  private Sizes of(int cell) {
    Sizes of = erased.getOrDefault(cell, Sizes.NONE);
    for (Persons persons : behind.getOrDefault(cell, List.of())) {
      for (int share = 0; share < persons.cells().size(); share++) {
        if (persons.cells().get(share).contains(cell)) {
          of = of.with(persons.shares().of(share));
        }
      }
    }
    return of;
  }
}
