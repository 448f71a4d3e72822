package com.segumento.privacy.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * All published sets of one figure of a segment, as whoever has the releases sees them: an unknown
 * number of persons in each group of those who stand behind the same cells, and one equation a cell
 * between these unknowns. Who attacks is taken to know which groups there are.
 */
final class CellGroups {
  private final int k;
  private final List<String> shapes;
  private final Set<Integer> changed;
  private final boolean shares;
  private final List<Group> groups;
  private final Map<Integer, Long> erased;

  /** By cell: the cells it is a part of. */
  private final Map<Integer, Set<Integer>> wholes = new HashMap<>();

  /** By cell and shape: its parts of that shape. */
  private final Map<Integer, Map<String, Set<Integer>>> parts = new TreeMap<>();

  /**
   * A system.
   *
   * @param k groups of 1 to k-1 persons must not be told of
   * @param shapes the shape of each cell
   * @param changed the cells whose set the release has changed
   * @param shares whether persons stand there with their shares: one of another share in another
   *     cell is in two groups
   * @param groups each once, by its cells; of persons who were not erased
   * @param erased how many of each cell were: one has another name in each, so that it is not known
   *     whose group it is
   */
  CellGroups(
      int k,
      List<String> shapes,
      Set<Integer> changed,
      boolean shares,
      List<Group> groups,
      Map<Integer, Long> erased) {
    this.k = k;
    this.shapes = List.copyOf(shapes);
    this.changed = Set.copyOf(changed);
    this.shares = shares;
    this.groups = sorted(groups);
    this.erased = Map.copyOf(erased);
    findParts();
  }

  /**
   * Persons who stand behind the same cells.
   *
   * @param cells sorted
   */
  record Group(List<Integer> cells, long persons) {
    Group {
      cells = List.copyOf(cells);
    }
  }

  /** Of a cell and its parts of one shape. */
  private record Difference(int whole, String shape) {}

  /** Persons a difference has on either side. */
  private record Sides(long more, long less) {
    static final Sides NONE = new Sides(0, 0);

    Sides add(long weight, long persons) {
      return new Sides(more + (weight > 0 ? persons : 0), less + (weight < 0 ? persons : 0));
    }
  }

  /**
   * Whether a cell and its parts of another shape tell, by subtraction, of 1 to k-1 persons: of
   * those in the cell who are in none of the parts, and of those who are in a part but not in the
   * cell, together. A part of a cell is one of which most persons are in it, and fewer than k are
   * not. Of those who were erased, as many as are in the cell and in its parts are taken for the
   * same. Only where the release has changed the cell or one of these parts.
   */
  boolean tellByDifference() {
    Map<Difference, Sides> differences = new HashMap<>();
    for (Group group : groups) {
      for (int whole : withWholes(group)) {
        long in = group.cells().contains(whole) ? 1 : 0;
        parts
            .getOrDefault(whole, Map.of())
            .forEach(
                (shape, cells) -> {
                  long weight = in - group.cells().stream().filter(cells::contains).count();
                  differences.merge(
                      new Difference(whole, shape),
                      Sides.NONE.add(weight, group.persons()),
                      (a, b) -> new Sides(a.more + b.more, a.less + b.less));
                });
      }
    }
    return differences.entrySet().stream()
        .anyMatch(each -> few(each.getValue(), nameless(each.getKey())) && isNew(each.getKey()));
  }

  /**
   * Differences of a cell and its parts of another shape that the release has changed: by cell, how
   * often it counts.
   */
  List<Map<Integer, Integer>> differences() {
    List<Map<Integer, Integer>> differences = new ArrayList<>();
    parts.forEach(
        (whole, ofShapes) ->
            ofShapes.forEach(
                (shape, cells) -> {
                  if (isNew(new Difference(whole, shape))) {
                    Map<Integer, Integer> weights = new TreeMap<>(Map.of(whole, 1));
                    cells.forEach(part -> weights.put(part, -1));
                    differences.add(weights);
                  }
                }));
    return differences;
  }

  /** The cells of groups that single equations tell of, which the release has changed or linked. */
  List<List<Integer>> told() {
    GroupBounds bounds = new GroupBounds(groups);
    Set<Integer> linked = bounds.linked(changed);
    return IntStream.range(0, groups.size())
        .filter(bounds::follows)
        .mapToObj(group -> groups.get(group).cells())
        .filter(cells -> linked.contains(cells.get(0)))
        .toList();
  }

  private boolean few(Sides sides, long nameless) {
    // Of two shares, one on either side, both may be one person's.
    long persons = shares ? Math.max(sides.more, sides.less) : sides.more + sides.less;
    return persons + nameless > 0 && persons + nameless < k;
  }

  private long nameless(Difference of) {
    long left = erased.getOrDefault(of.whole, 0L);
    for (int part : parts.get(of.whole).get(of.shape)) {
      left -= erased.getOrDefault(part, 0L);
    }
    return Math.abs(left);
  }

  private boolean isNew(Difference of) {
    return changed.contains(of.whole)
        || parts.get(of.whole).get(of.shape).stream().anyMatch(changed::contains);
  }

  /**
   * Whether the equations bound a group of 1 to k-1 persons more tightly than by k persons: the
   * least and the greatest whole number that all of them allow are fewer than k apart. Looked at as
   * the sets are, and as they would be if each cell had all persons of its parts, which is what
   * somebody will take for granted. Only where the release has changed a cell that equations link
   * with the group's.
   */
  boolean boundTightly() {
    return boundTightly(groups) || (!wholes.isEmpty() && boundTightly(completed()));
  }

  private boolean boundTightly(List<Group> system) {
    GroupBounds bounds = new GroupBounds(system);
    Set<Integer> linked = bounds.linked(changed);
    return IntStream.range(0, system.size())
        .filter(group -> system.get(group).persons() < k)
        .filter(group -> linked.contains(system.get(group).cells().get(0)))
        .anyMatch(group -> bounds.of(group, k).width() < k);
  }

  /** The groups if each cell had all persons of its parts. */
  private List<Group> completed() {
    Map<List<Integer>, Long> persons = new LinkedHashMap<>();
    for (Group group : groups) {
      persons.merge(List.copyOf(withWholes(group)), group.persons(), Long::sum);
    }
    return sorted(
        persons.entrySet().stream()
            .map(each -> new Group(each.getKey(), each.getValue()))
            .toList());
  }

  private static List<Group> sorted(List<Group> groups) {
    return groups.stream()
        .sorted(
            (a, b) ->
                Arrays.compare(
                    a.cells().toArray(Integer[]::new), b.cells().toArray(Integer[]::new)))
        .toList();
  }

  /** The cells of a group and those they are parts of. */
  private Set<Integer> withWholes(Group group) {
    Set<Integer> cells = new TreeSet<>(group.cells());
    group.cells().forEach(cell -> cells.addAll(wholes.getOrDefault(cell, Set.of())));
    return cells;
  }

  private void findParts() {
    Map<Integer, Long> sizes = new HashMap<>();
    Map<List<Integer>, Long> common = new HashMap<>();
    for (Group group : groups) {
      for (int part : group.cells()) {
        sizes.merge(part, group.persons(), Long::sum);
        for (int whole : group.cells()) {
          if (!shapes.get(part).equals(shapes.get(whole))) {
            common.merge(List.of(part, whole), group.persons(), Long::sum);
          }
        }
      }
    }
    common.forEach(
        (pair, inside) -> {
          int part = pair.get(0);
          int whole = pair.get(1);
          long outside = sizes.get(part) - inside;
          if (outside < k && outside < inside) {
            wholes.computeIfAbsent(part, cell -> new TreeSet<>()).add(whole);
            parts
                .computeIfAbsent(whole, cell -> new TreeMap<>())
                .computeIfAbsent(shapes.get(part), shape -> new TreeSet<>())
                .add(part);
          }
        });
  }
}
