package com.segumento.privacy.engine;

import com.segumento.privacy.engine.SetsToHoldBack.Behind;
import com.segumento.privacy.engine.SetsToHoldBack.Cell;
import com.segumento.privacy.engine.SetsToHoldBack.Stands;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Cells of three shapes, of which some have a new set, and persons who add to them: a few of them
 * much more than others, some less than nothing, and some another share tonight than before.
 */
public final class RandomSums {
  private static final List<String> SHAPES = List.of("a", "b", "c");
  private static final int OF_SHAPE = 3;
  private static final int PERSONS = 60;

  private final Random random;
  private final List<Cell> cells = new ArrayList<>();
  private final List<Person> persons = new ArrayList<>();

  /** What somebody adds to cells, by the new sets and by those that stood before. */
  private record Person(
      Map<Integer, BigDecimal> now, Map<Integer, BigDecimal> before, boolean erased) {
    Person only(int cell) {
      Person only = new Person(new TreeMap<>(now), new TreeMap<>(before), erased);
      only.now.keySet().retainAll(Set.of(cell));
      only.before.keySet().retainAll(Set.of(cell));
      return only;
    }

    List<BigDecimal> different() {
      Set<BigDecimal> different = new TreeSet<>(now.values());
      different.addAll(before.values());
      return List.copyOf(different);
    }

    List<Stands> stands(List<BigDecimal> different) {
      Set<Integer> all = new TreeSet<>(now.keySet());
      all.addAll(before.keySet());
      List<Stands> stands = new ArrayList<>();
      for (int share = 0; share < different.size(); share++) {
        for (int cell : all) {
          boolean is = same(different.get(share), now.get(cell));
          boolean was = same(different.get(share), before.get(cell));
          if (is || was) {
            stands.add(new Stands(cell, is, was, share));
          }
        }
      }
      return stands;
    }
  }

  public RandomSums(Random random) {
    this.random = random;
    for (int cell = 0; cell < SHAPES.size() * OF_SHAPE; cell++) {
      String shape = SHAPES.get(cell / OF_SHAPE);
      cells.add(new Cell(shape, "cell " + cell, shape.equals("c") || random.nextBoolean(), ""));
    }
    int astray = 2 + random.nextInt(30);
    int gone = random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(4);
    for (int person = 0; person < PERSONS; person++) {
      persons.add(person(astray, person < gone));
    }
  }

  private Person person(int astray, boolean erased) {
    BigDecimal old = amount();
    BigDecimal fresh = random.nextInt(5) == 0 ? amount() : old;
    int usual = random.nextInt(OF_SHAPE);
    Person person = new Person(new TreeMap<>(), new TreeMap<>(), erased);
    for (int shape = 0; shape < SHAPES.size(); shape++) {
      int of = random.nextInt(astray) > 0 ? usual : random.nextInt(OF_SHAPE + 1);
      int cell = shape * OF_SHAPE + of;
      boolean stood = cell % 2 == 0 && random.nextInt(9) > 0;
      if (of == OF_SHAPE) {
        continue;
      }
      if (!cells.get(cell).changed()) {
        BigDecimal older = random.nextInt(20) == 0 ? amount() : old;
        person.now.put(cell, older);
        person.before.put(cell, older);
      } else {
        if (stood) {
          person.before.put(cell, old);
        }
        if (random.nextInt(20) > 0 && (stood || !erased)) {
          person.now.put(cell, erased ? old : fresh);
        }
      }
    }
    return person;
  }

  private BigDecimal amount() {
    int amount = (1 + random.nextInt(20)) * (random.nextInt(15) == 0 ? 40 : 1);
    return BigDecimal.valueOf(random.nextInt(10) == 0 ? -amount : amount);
  }

  /** What the engine holds back of them. */
  public Set<Integer> heldBack(int k, double p) {
    return new SetsToHoldBack(k, true, OptionalDouble.of(p), cells, behind())
        .choose(new TreeSet<>());
  }

  private List<Behind> behind() {
    Map<List<Stands>, List<List<BigDecimal>>> groups = new HashMap<>();
    List<Behind> behind = new ArrayList<>();
    for (Person person : persons) {
      if (person.erased) {
        for (int cell = 0; cell < cells.size(); cell++) {
          Person there = person.only(cell);
          List<BigDecimal> share = there.different();
          if (!share.isEmpty()) {
            behind.add(new Behind(there.stands(share), 1, false, shares(List.of(share))));
          }
        }
      } else if (!person.different().isEmpty()) {
        List<BigDecimal> different = person.different();
        groups.computeIfAbsent(person.stands(different), any -> new ArrayList<>()).add(different);
      }
    }
    groups.forEach(
        (stands, each) -> behind.add(new Behind(stands, each.size(), true, shares(each))));
    return behind;
  }

  private static Shares shares(List<List<BigDecimal>> each) {
    int number = each.get(0).size();
    List<Sizes> sizes = new ArrayList<>();
    for (int one = 0; one < number; one++) {
      for (int other = one; other < number; other++) {
        List<BigDecimal> amounts = new ArrayList<>();
        for (List<BigDecimal> shares : each) {
          BigDecimal share = shares.get(one);
          amounts.add(one == other ? share.abs() : shares.get(other).subtract(share));
        }
        amounts.sort(Comparator.reverseOrder());
        BigDecimal all = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal second = amounts.size() > 1 ? amounts.get(1) : BigDecimal.ZERO;
        sizes.add(Sizes.of(all, amounts.get(0), second));
      }
    }
    return new Shares(number, sizes);
  }

  public List<String> shapes() {
    return cells.stream().map(Cell::shape).toList();
  }

  private Map<Integer, BigDecimal> shares(Person person, Set<Integer> back) {
    Map<Integer, BigDecimal> shares = new TreeMap<>();
    for (int cell = 0; cell < cells.size(); cell++) {
      BigDecimal share = (back.contains(cell) ? person.before : person.now).get(cell);
      if (share != null) {
        shares.put(cell, share);
      }
    }
    return shares;
  }

  /** By the cells they are behind if these are held back, all shares of who was not erased. */
  public Map<List<Integer>, List<BigDecimal>> groups(Set<Integer> back) {
    Map<List<Integer>, List<BigDecimal>> groups = new HashMap<>();
    for (Person person : persons) {
      Map<Integer, BigDecimal> shares = shares(person, back);
      for (BigDecimal share : person.erased ? Set.<BigDecimal>of() : Set.copyOf(shares.values())) {
        groups.computeIfAbsent(with(shares, share), any -> new ArrayList<>()).add(share);
      }
    }
    return groups;
  }

  private static boolean same(BigDecimal share, BigDecimal other) {
    return other != null && share.compareTo(other) == 0;
  }

  private static List<Integer> with(Map<Integer, BigDecimal> shares, BigDecimal share) {
    return shares.keySet().stream().filter(cell -> same(share, shares.get(cell))).toList();
  }

  /** By cell, how many of it were erased. */
  public Map<Integer, Long> erased(Set<Integer> back) {
    return persons.stream()
        .filter(Person::erased)
        .flatMap(person -> shares(person, back).keySet().stream())
        .collect(Collectors.groupingBy(cell -> cell, Collectors.counting()));
  }

  /** Cells that have a new set then, or somebody who has left another one. */
  public Set<Integer> changed(Set<Integer> back) {
    Set<Integer> changed = new TreeSet<>();
    for (int cell = 0; cell < cells.size(); cell++) {
      if (cells.get(cell).changed() && !back.contains(cell)) {
        changed.add(cell);
      }
    }
    Set<Integer> linked = new TreeSet<>(changed);
    for (Person person : persons) {
      Map<Integer, BigDecimal> shares = shares(person, back);
      for (int cell : person.erased ? Set.<Integer>of() : changed) {
        BigDecimal before = person.before.get(cell);
        if (before != null && !same(before, shares.get(cell))) {
          linked.addAll(with(shares, before));
        }
      }
    }
    return linked;
  }

  /** Whether somebody dominates sums of cells, each counted so often: person by person. */
  public boolean dominated(Map<Integer, Integer> weights, Set<Integer> back, double p) {
    List<BigDecimal> amounts = new ArrayList<>();
    List<BigDecimal> added = new ArrayList<>();
    List<BigDecimal> taken = new ArrayList<>();
    for (Person person : persons) {
      BigDecimal amount = BigDecimal.ZERO;
      for (Map.Entry<Integer, BigDecimal> share : shares(person, back).entrySet()) {
        int weight = weights.getOrDefault(share.getKey(), 0);
        if (!person.erased) {
          amount = amount.add(share.getValue().multiply(BigDecimal.valueOf(weight)));
        } else if (weight != 0) {
          (weight > 0 ? added : taken).add(share.getValue());
        }
      }
      amounts.add(amount);
    }
    boolean anybody = added.size() != taken.size();
    if (added.isEmpty() || taken.isEmpty()) {
      amounts.addAll(added);
      amounts.addAll(taken);
      return dominated(amounts, List.of(), p);
    }
    added.addAll(taken);
    return dominated(amounts, anybody ? added : List.of(), p);
  }

  /** Whether somebody dominates amounts, or may do so as one of those who may be there. */
  public static boolean dominated(List<BigDecimal> amounts, List<BigDecimal> perhaps, double p) {
    List<Double> sizes =
        amounts.stream()
            .map(amount -> amount.abs().doubleValue())
            .sorted(Comparator.reverseOrder())
            .toList();
    double rest = sizes.stream().skip(2).mapToDouble(size -> size).sum();
    double largest = sizes.isEmpty() ? 0 : sizes.get(0);
    for (BigDecimal one : perhaps) {
      largest = Math.max(largest, one.abs().doubleValue());
    }
    return rest * 100 < largest * p;
  }
}
