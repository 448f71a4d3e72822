package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.RandomSums;
import com.segumento.privacy.RandomSums.Sum;
import com.segumento.privacy.RandomSums.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

class CombinedSumsTest {
  private static final long EARLIER = 1;
  private static final long TONIGHT = 2;

  @Property(tries = 500)
  void nothingThatMayBePublishedTellsOfFew(
      @ForAll long seed,
      @ForAll @IntRange(min = 3, max = 6) int many,
      @ForAll @IntRange(min = 2, max = 5) int k) {
    RandomSums random = new RandomSums(seed, many);
    Set<Integer> found = givingWay(random.sums(), k);
    List<Way> few = random.few(k);
    for (Way way : few) {
      assertThat(way.fresh()).as("new sums that tell together").containsAnyElementsOf(found);
    }
    for (Integer sum : found) {
      assertThat(few).as("%s gives way in vain", sum).anyMatch(way -> way.fresh().contains(sum));
    }
    Statistics.label("tells").collect(!few.isEmpty());
    Statistics.label("tells")
        .coverage(tells -> tells.check(true).percentage(percent -> percent > 20));
    Statistics.label("tells")
        .coverage(tells -> tells.check(false).percentage(percent -> percent > 5));
  }

  /** That there may be more combinations than are looked at. */
  @Test
  void ofTooManyEverythingNewGivesWay() {
    List<Sum> many = new ArrayList<>();
    for (int number = 0; number < 21; number++) {
      List<Long> adds = List.of(number + 1L, 2L * number + 1);
      many.add(new Sum(number, number == 0 ? adds : List.of(), number == 0 ? List.of() : adds));
    }
    assertThat(givingWay(many, 2))
        .isEqualTo(IntStream.range(1, 21).boxed().collect(Collectors.toSet()));
  }

  private static Set<Integer> givingWay(List<Sum> sums, int k) {
    List<SetHistory> histories = sums.stream().map(CombinedSumsTest::history).toList();
    CombinedSums combined = new CombinedSums(k, histories);
    for (int person = 0; person < sums.get(0).stands().size(); person++) {
      combined.add(stays(sums, histories, person));
    }
    Set<SetHistory.Of> found = new TreeSet<>();
    combined.givingWay(found);
    return found.stream().map(of -> Integer.valueOf(of.figure())).collect(Collectors.toSet());
  }

  private static SetHistory history(Sum sum) {
    SetHistory history = new SetHistory(new SetHistory.Of("a", "" + sum.number()), sum.number());
    if (sum.stood()) {
      history.add(EARLIER, Sum.persons(sum.before()));
    }
    if (sum.isNew()) {
      history.add(TONIGHT, Sum.persons(sum.now()));
    }
    history.complete(TONIGHT);
    return history;
  }

  private static List<Stay> stays(List<Sum> sums, List<SetHistory> histories, int person) {
    List<Stay> stays = new ArrayList<>();
    for (Sum sum : sums) {
      SetHistory history = histories.get(sum.number());
      Stay stay = new Stay(history);
      long before = sum.stood() ? sum.before().get(person) : 0;
      long now = sum.stands().get(person);
      if (before != 0) {
        stay.add(0, before);
      }
      if (now != before) {
        stay.add(history.sets() - 1, now - before);
      }
      if (now != 0 || before != 0) {
        stays.add(stay);
      }
    }
    return stays;
  }
}
