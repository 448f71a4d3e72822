package com.segumento.privacy.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the sets behind cells of several shapes overlap: how many persons are behind the same cells,
 * and which cells are about parts of others.
 */
final class SharedSets {
  /** Orders lists of numbers by their first difference, then by their lengths. */
  static final Comparator<List<Integer>> ORDER =
      (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
          int order = Integer.compare(a.get(i), b.get(i));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(a.size(), b.size());
      };

  private final List<String> shapes;
  private final NavigableMap<List<Integer>, Long> persons;
  private final Map<Integer, Long> erased;
  private final Map<Integer, Map<String, Set<Integer>>> parts = new TreeMap<>();
  private final Map<Integer, Set<Integer>> wholes = new HashMap<>();

  /**
   * Overlaps.
   *
   * @param k a part has fewer than so many persons that its whole has not, and most of them it has
   * @param shapes of each cell
   * @param persons by the cells they are behind, in order; but for those who were erased
   * @param erased of these, by cell, how many are behind it: who it is in other cells is not known
   */
  SharedSets(
      int k,
      List<String> shapes,
      NavigableMap<List<Integer>, Long> persons,
      Map<Integer, Long> erased) {
    this.shapes = List.copyOf(shapes);
    this.persons = persons;
    this.erased = Map.copyOf(erased);
    Map<Integer, Map<Integer, Long>> shared = new HashMap<>();
    persons.forEach(
        (cells, number) ->
            cells.forEach(
                cell -> {
                  Map<Integer, Long> with = shared.computeIfAbsent(cell, any -> new HashMap<>());
                  cells.forEach(other -> with.merge(other, number, Long::sum));
                }));
    shared.forEach(
        (cell, with) ->
            with.forEach(
                (whole, both) -> {
                  long rest = with.get(cell) - both;
                  if (!shapes.get(cell).equals(shapes.get(whole)) && rest < Math.min(k, both)) {
                    wholes.computeIfAbsent(cell, any -> new TreeSet<>()).add(whole);
                    parts
                        .computeIfAbsent(whole, any -> new TreeMap<>())
                        .computeIfAbsent(shapes.get(cell), any -> new TreeSet<>())
                        .add(cell);
                  }
                }));
  }

  /** Persons by the cells they are behind. */
  NavigableMap<List<Integer>, Long> persons() {
    return persons;
  }

  /**
   * A cell and its parts of one shape, and whom the one has and the others have not.
   *
   * @param whole the cell
   * @param parts its parts
   * @param more persons of the cell who are not in exactly one part
   * @param less persons of parts who are not in the cell
   * @param erased how many more were erased of the cell than of its parts, or fewer: as many as in
   *     both are taken for the same
   */
  record Remainder(int whole, Set<Integer> parts, long more, long less, long erased) {
    /** The cell and its parts. */
    Set<Integer> cells() {
      Set<Integer> cells = new LinkedHashSet<>(List.of(whole));
      cells.addAll(parts);
      return cells;
    }

    /** How often it counts who is behind a cell. */
    int weight(int cell) {
      return cell == whole ? 1 : parts.contains(cell) ? -1 : 0;
    }
  }

  /** What remains of each cell beside its parts. */
  Collection<Remainder> remainders() {
    Map<Integer, Map<String, Remainder>> remainders = new TreeMap<>();
    parts.forEach(
        (whole, ofShapes) ->
            ofShapes.forEach(
                (shape, cells) ->
                    remainders
                        .computeIfAbsent(whole, any -> new TreeMap<>())
                        .put(shape, new Remainder(whole, cells, 0, 0, erased(whole, cells)))));
    persons.forEach(
        (cells, number) -> {
          Set<Integer> concerned = withWholes(cells);
          concerned.retainAll(remainders.keySet());
          for (int whole : concerned) {
            remainders
                .get(whole)
                .replaceAll((shape, before) -> counted(before, whole, cells, shape, number));
          }
        });
    List<Remainder> all = new ArrayList<>();
    remainders.values().forEach(each -> all.addAll(each.values()));
    return all;
  }

  private long erased(int whole, Set<Integer> parts) {
    long inParts = parts.stream().mapToLong(part -> erased.getOrDefault(part, 0L)).sum();
    return Math.abs(erased.getOrDefault(whole, 0L) - inParts);
  }

  private Remainder counted(
      Remainder before, int whole, List<Integer> cells, String shape, long number) {
    long times = cells.stream().filter(parts.get(whole).get(shape)::contains).count();
    boolean in = cells.contains(whole);
    return new Remainder(
        whole,
        before.parts,
        before.more + (in && times == 0 ? number : 0),
        before.less + (times > (in ? 1 : 0) ? number : 0),
        before.erased);
  }

  /** The same if each cell had all persons of its parts. */
  SharedSets completed() {
    NavigableMap<List<Integer>, Long> completed = new TreeMap<>(ORDER);
    persons.forEach(
        (cells, number) -> completed.merge(List.copyOf(withWholes(cells)), number, Long::sum));
    return new SharedSets(0, shapes, completed, Map.of());
  }

  boolean anyParts() {
    return !wholes.isEmpty();
  }

  private Set<Integer> withWholes(List<Integer> cells) {
    Set<Integer> all = new TreeSet<>(cells);
    cells.forEach(cell -> all.addAll(wholes.getOrDefault(cell, Set.of())));
    return all;
  }
}
