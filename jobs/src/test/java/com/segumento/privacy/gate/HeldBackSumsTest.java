package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.engine.RandomSums;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** What the engine holds back of sums is enough for the gate, by the p% rule person by person. */
class HeldBackSumsTest {
  private static final double P = 20;

  @Property(tries = 150)
  void nobodyDominatesWhatCanBeWorkedOut(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int k) {
    RandomSums sums = new RandomSums(new Random(seed));
    Set<Integer> back = sums.heldBack(k, P);
    CellGroups held = groups(sums, back, k);
    assertThat(held.tellByDifference()).isFalse();
    assertThat(held.boundTightly()).isFalse();
    assertThat(dominated(sums, held, back)).isFalse();
    boolean dominated = dominated(sums, groups(sums, Set.of(), k), Set.of());
    Statistics.label("dominated without").collect(dominated);
    if (k == 1) {
      assertThat(dominated).as("nothing is held back in vain").isEqualTo(!back.isEmpty());
    }
  }

  private static boolean dominated(RandomSums sums, CellGroups groups, Set<Integer> back) {
    Map<List<Integer>, List<BigDecimal>> shares = sums.groups(back);
    return groups.differences().stream().anyMatch(cells -> sums.dominated(cells, back, P))
        || groups.told().stream()
            .anyMatch(cells -> RandomSums.dominated(shares.get(cells), List.of(), P));
  }

  private static CellGroups groups(RandomSums sums, Set<Integer> back, int k) {
    List<CellGroups.Group> groups = new ArrayList<>();
    sums.groups(back)
        .forEach((cells, shares) -> groups.add(new CellGroups.Group(cells, shares.size())));
    return new CellGroups(k, sums.shapes(), sums.changed(back), true, groups, sums.erased(back));
  }
}
