package com.segumento.privacy.engine;

import com.segumento.privacy.engine.SetsToHoldBack.Behind;
import com.segumento.privacy.engine.SetsToHoldBack.Cell;
import com.segumento.privacy.engine.SetsToHoldBack.Stands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Cells of three shapes, of which some have a new set, and many persons behind them. */
public final class RandomSets {
  private static final List<String> SHAPES = List.of("a", "b", "c");
  private static final int OF_SHAPE = 3;
  private static final int PERSONS = 120;

  private final List<Cell> cells = new ArrayList<>();
  private final List<List<Stands>> persons = new ArrayList<>();
  private final List<Boolean> erased = new ArrayList<>();

  /** Each person in a cell of each shape at the most, in the same one of each most often. */
  public RandomSets(Random random) {
    for (int cell = 0; cell < SHAPES.size() * OF_SHAPE; cell++) {
      String shape = SHAPES.get(cell / OF_SHAPE);
      cells.add(new Cell(shape, "cell " + cell, shape.equals("c") || random.nextBoolean(), ""));
    }
    int astray = 2 + random.nextInt(20);
    int gone = random.nextBoolean() ? 0 : 1 + random.nextInt(8);
    for (int person = 0; person < PERSONS; person++) {
      int usual = random.nextInt(OF_SHAPE);
      List<Stands> stands = new ArrayList<>();
      for (int shape = 0; shape < SHAPES.size(); shape++) {
        int of = random.nextInt(astray) > 0 ? usual : random.nextInt(OF_SHAPE + 1);
        if (of < OF_SHAPE) {
          stands.add(stands(shape * OF_SHAPE + of, random));
        }
      }
      erased.add(person < gone);
      // Who was erased is in no new set for being there tonight.
      persons.add(person < gone ? stands.stream().map(RandomSets::stood).toList() : stands);
    }
  }

  private static Stands stood(Stands stands) {
    return new Stands(stands.cell(), stands.now() && stands.before(), true);
  }

  private Stands stands(int cell, Random random) {
    boolean changed = cells.get(cell).changed();
    boolean now = !changed || random.nextInt(20) > 0;
    boolean stood = cell % 2 == 0 && random.nextInt(9) > 0;
    boolean before = changed ? !now || stood : now;
    return new Stands(cell, now, before);
  }

  /** What the engine holds back of them. */
  public Set<Integer> heldBack(int k) {
    return new SetsToHoldBack(k, false, OptionalDouble.empty(), cells, behind())
        .choose(new TreeSet<>());
  }

  /** The same in another order. */
  List<Behind> behind() {
    Map<List<Stands>, Long> counted = new HashMap<>();
    List<Behind> behind = new ArrayList<>();
    for (int person = 0; person < persons.size(); person++) {
      if (erased.get(person)) {
        persons
            .get(person)
            .forEach(stands -> behind.add(new Behind(List.of(stands), 1, false, Shares.NONE)));
      } else {
        counted.merge(persons.get(person), 1L, Long::sum);
      }
    }
    counted.forEach((stands, number) -> behind.add(new Behind(stands, number)));
    return behind;
  }

  List<Cell> cells() {
    return cells;
  }

  public List<String> shapes() {
    return cells.stream().map(Cell::shape).toList();
  }

  /** Whether a cell's set is new if these are held back. */
  public boolean isNew(int cell, Set<Integer> back) {
    return cells.get(cell).changed() && !back.contains(cell);
  }

  public int persons() {
    return persons.size();
  }

  /** Whether it is not known who a person is in each of the cells. */
  public boolean erased(int person) {
    return erased.get(person);
  }

  /** The cells a person is behind if these are held back. */
  public List<Integer> behind(int person, Set<Integer> back) {
    return persons.get(person).stream()
        .filter(stands -> back.contains(stands.cell()) ? stands.before() : stands.now())
        .map(Stands::cell)
        .toList();
  }

  /** Whether a person has left a cell then. */
  public boolean left(int person, Set<Integer> back) {
    return persons.get(person).stream()
        .anyMatch(stands -> !back.contains(stands.cell()) && stands.before() && !stands.now());
  }
}
