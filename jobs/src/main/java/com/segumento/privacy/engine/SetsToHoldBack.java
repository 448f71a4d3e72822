package com.segumento.privacy.engine;

import com.segumento.privacy.engine.SharedSets.Remainder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses which of the sets that are new tonight are held back, so that the cells of all shapes of
 * a segment tell of no group of 1 to k-1 persons: neither what remains of a cell beside its parts,
 * nor a group that the equations bound more tightly than by k persons. Of a sum nobody may dominate
 * what remains of a cell beside its parts, nor what a group adds that the equations tell. Of the
 * sets that could help, the one whose change is about the fewest persons is held back, then it is
 * looked at again: least loss step by step, not over all choices. Whatever is held back, the sets
 * that stood before are left, and these have been published.
 *
 * @param k groups of 1 to k-1 persons must not be told of
 * @param shares whether it is a sum: a person with another share in another cell is there twice
 * @param dominance p of the p% rule
 * @param cells in order, so that the same are chosen every night
 */
record SetsToHoldBack(
    int k, boolean shares, OptionalDouble dominance, List<Cell> cells, List<Behind> behind) {
  SetsToHoldBack {
    cells = List.copyOf(cells);
    behind = List.copyOf(behind);
  }

  /**
   * A cell.
   *
   * @param kin what all rows of what is left of places share that go back together; empty for a
   *     cell of its own
   */
  record Cell(String shape, String name, boolean changed, String kin) {}

  /**
   * Whether somebody is behind a cell, if its new set is published and if it is not.
   *
   * @param share which of one's shares, of which somebody may have another in each cell
   */
  record Stands(int cell, boolean now, boolean before, int share) {
    Stands(int cell, boolean now, boolean before) {
      this(cell, now, before, 0);
    }
  }

  /**
   * How many persons stand so.
   *
   * @param known whether these are all cells they are behind; of who was erased each is by itself
   */
  record Behind(List<Stands> stands, long persons, boolean known, Shares shares) {
    Behind {
      stands = List.copyOf(stands);
    }

    Behind(List<Stands> stands, long persons) {
      this(stands, persons, true, Shares.NONE);
    }

    /** The cells they are behind with each of their shares, if these are held back. */
    private List<List<Integer>> cells(Set<Integer> back) {
      return cells(stands -> back.contains(stands.cell()) ? stands.before() : stands.now());
    }

    /** The cells they have left then. */
    private List<List<Integer>> gone(Set<Integer> back) {
      return cells(stands -> !back.contains(stands.cell()) && stands.before() && !stands.now());
    }

    private List<List<Integer>> cells(Predicate<Stands> are) {
      return IntStream.range(0, shares.number())
          .mapToObj(
              share ->
                  stands.stream()
                      .filter(stands -> stands.share() == share)
                      .filter(are)
                      .map(Stands::cell)
                      .sorted()
                      .toList())
          .toList();
    }
  }

  /** Something that is told of few, with the cells to hold back for it. */
  private record Telling(List<Integer> held, Set<Integer> about) {}

  /**
   * The numbers of the cells.
   *
   * @param already those that are held back in any case
   */
  Set<Integer> choose(Set<Integer> already) {
    Set<Integer> back = new TreeSet<>(already);
    Map<Integer, Long> losses = losses();
    while (true) {
      Set<Integer> more = new TreeSet<>();
      Set<Integer> touched = new TreeSet<>();
      for (Telling telling : tellings(back, losses)) {
        if (Collections.disjoint(telling.about, touched)) {
          telling.held.forEach(cell -> more.addAll(kin(cell)));
          touched.addAll(telling.about);
        }
      }
      if (!back.addAll(more)) {
        return back;
      }
    }
  }

  /** What is told if these are held back; what is simple to see first, the rest only without. */
  private List<Telling> tellings(Set<Integer> back, Map<Integer, Long> losses) {
    Map<Integer, Set<Integer>> left = new HashMap<>();
    SharedSets sets = sets(back, left);
    LeftContributions contributions = contributions(back);
    Comparator<Integer> least =
        Comparator.comparing((Integer cell) -> losses.get(cell)).thenComparing(cell -> cell);
    List<Telling> tellings = new ArrayList<>();
    for (Remainder remainder : sets.remainders()) {
      Set<Integer> about = remainder.cells();
      if (few(remainder)) {
        add(tellings, about, open(about, back, left).min(least).stream().toList());
      } else if (contributions.dominate(remainder)) {
        List<Integer> open = open(about, back, left).distinct().sorted(least).toList();
        add(tellings, about, contributions.hiding(remainder, open));
      }
    }
    if (tellings.isEmpty()) {
      tellings.addAll(bounded(sets, contributions, back, left, least));
    }
    if (tellings.isEmpty() && sets.anyParts()) {
      tellings.addAll(bounded(sets.completed(), new LeftContributions(0), back, left, least));
    }
    return tellings;
  }

  private static void add(List<Telling> tellings, Set<Integer> about, List<Integer> held) {
    if (!held.isEmpty()) {
      tellings.add(new Telling(held, about));
    }
  }

  private boolean few(Remainder remainder) {
    long living =
        shares ? Math.max(remainder.more(), remainder.less()) : remainder.more() + remainder.less();
    long persons = living + remainder.erased();
    return persons > 0 && persons < k;
  }

  private List<Telling> bounded(
      SharedSets sets,
      LeftContributions contributions,
      Set<Integer> back,
      Map<Integer, Set<Integer>> left,
      Comparator<Integer> least) {
    List<Telling> tellings = new ArrayList<>();
    Room room = new Room(sets.persons());
    sets.persons()
        .forEach(
            (group, persons) -> {
              if ((persons < k && !room.leaves(group, k))
                  || (room.tells(group) && contributions.dominate(group))) {
                add(
                    tellings,
                    Set.copyOf(group),
                    room.distances(group).stream()
                        .flatMap(each -> open(each, back, left).sorted(least))
                        .limit(1)
                        .toList());
              }
            });
    return tellings;
  }

  /** Of these, and of those their persons have left, the ones that may yet be held back. */
  private Stream<Integer> open(
      Set<Integer> some, Set<Integer> back, Map<Integer, Set<Integer>> left) {
    return some.stream()
        .flatMap(cell -> Stream.concat(Stream.of(cell), left.getOrDefault(cell, Set.of()).stream()))
        .filter(cell -> cells.get(cell).changed() && !back.contains(cell));
  }

  /**
   * The sets if these are held back.
   *
   * @param left gets, by cell, the cells that persons behind it have left tonight
   */
  private SharedSets sets(Set<Integer> back, Map<Integer, Set<Integer>> left) {
    NavigableMap<List<Integer>, Long> persons = new TreeMap<>(SharedSets.ORDER);
    Map<Integer, Long> erased = new HashMap<>();
    for (Behind each : behind) {
      List<List<Integer>> cells = each.cells(back);
      List<List<Integer>> gone = each.gone(back);
      for (int share = 0; share < cells.size(); share++) {
        List<Integer> there = cells.get(share);
        if (!each.known()) {
          there.forEach(cell -> erased.merge(cell, each.persons(), Long::sum));
        } else if (!there.isEmpty()) {
          persons.merge(there, each.persons(), Long::sum);
          for (int cell : gone.get(share).isEmpty() ? List.<Integer>of() : there) {
            left.computeIfAbsent(cell, any -> new TreeSet<>()).addAll(gone.get(share));
          }
        }
      }
    }
    return new SharedSets(k, cells.stream().map(Cell::shape).toList(), persons, erased);
  }

  private LeftContributions contributions(Set<Integer> back) {
    LeftContributions contributions = new LeftContributions(dominance.orElse(0));
    for (Behind each : dominance.isPresent() ? behind : List.<Behind>of()) {
      List<List<Integer>> cells = each.cells(back);
      if (each.known()) {
        contributions.add(cells, each.shares());
      } else {
        cells.get(0).forEach(cell -> contributions.addErased(cell, each.shares().of(0)));
      }
    }
    return contributions;
  }

  /** How many persons come to a cell or leave it with its new set, and its kin's. */
  private Map<Integer, Long> losses() {
    Map<Integer, Long> own = new HashMap<>();
    for (Behind each : behind) {
      for (Stands stands : each.stands()) {
        own.merge(stands.cell(), stands.now() == stands.before() ? 0 : each.persons(), Long::sum);
      }
    }
    Map<Integer, Long> losses = new HashMap<>();
    for (int cell : own.keySet()) {
      losses.put(cell, kin(cell).stream().mapToLong(kin -> own.getOrDefault(kin, 0L)).sum());
    }
    return losses;
  }

  /**
   * Who is left of a place would be in what is left of the place above if there were no row of it;
   * so these go back together.
   */
  private Set<Integer> kin(int cell) {
    Set<Integer> kin = new TreeSet<>(Set.of(cell));
    String name = cells.get(cell).kin();
    for (int other = 0; other < cells.size() && !name.isEmpty(); other++) {
      if (cells.get(other).changed()
          && cells.get(other).shape().equals(cells.get(cell).shape())
          && cells.get(other).kin().equals(name)) {
        kin.add(other);
      }
    }
    return kin;
  }
}
