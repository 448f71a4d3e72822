package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.engine.RandomSets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/**
 * Engine and gate have no code in common; what the one holds back has to be enough for the other.
 */
class HeldBackSetsTest {
  @Property(tries = 80)
  void whatTheEngineHoldsBackIsEnough(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int k) {
    RandomSets sets = new RandomSets(new Random(seed));
    Set<Integer> back = sets.heldBack(k);
    CellGroups held = groups(sets, back, k);
    assertThat(held.tellByDifference()).isFalse();
    assertThat(held.boundTightly()).isFalse();
    CellGroups all = groups(sets, Set.of(), k);
    boolean tells = all.tellByDifference() || all.boundTightly();
    assertThat(tells).as("nothing is held back in vain").isEqualTo(!back.isEmpty());
    Statistics.label("tells without").collect(tells);
  }

  private static CellGroups groups(RandomSets sets, Set<Integer> back, int k) {
    Map<List<Integer>, Long> persons = new HashMap<>();
    Set<Integer> changed = new TreeSet<>();
    Map<Integer, Long> erased = new HashMap<>();
    for (int person = 0; person < sets.persons(); person++) {
      List<Integer> behind = sets.behind(person, back);
      boolean left = sets.left(person, back) && !sets.erased(person);
      behind.stream().filter(cell -> left || sets.isNew(cell, back)).forEach(changed::add);
      if (sets.erased(person)) {
        behind.forEach(cell -> erased.merge(cell, 1L, Long::sum));
      } else if (!behind.isEmpty()) {
        persons.merge(behind, 1L, Long::sum);
      }
    }
    List<CellGroups.Group> groups = new ArrayList<>();
    persons.forEach((cells, number) -> groups.add(new CellGroups.Group(cells, number)));
    return new CellGroups(k, sets.shapes(), changed, false, groups, erased);
  }
}
