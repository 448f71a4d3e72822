package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.RandomSums;
import com.segumento.privacy.RandomSums.Sum;
import com.segumento.privacy.RandomSums.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CombinedFiguresTest {
  private static final long EARLIER = 1;
  private static final long TONIGHT = 2;

  @Property(tries = 500)
  void findsWhatOneFindsWhoTriesAll(
      @ForAll long seed,
      @ForAll @IntRange(min = 3, max = 6) int many,
      @ForAll @IntRange(min = 2, max = 5) int k) {
    RandomSums random = new RandomSums(seed, many);
    assertThat(telling(random.sums(), k))
        .isEqualTo(random.few(k).stream().map(Way::all).collect(Collectors.toSet()));
  }

  @Test
  void tooManyTell() {
    List<Sum> many = new ArrayList<>();
    for (int number = 0; number < 21; number++) {
      many.add(new Sum(number, List.of(), List.of(number + 1L, 2L * number + 1)));
    }
    assertThat(telling(many, 2)).hasSize(1).allMatch(all -> all.size() == 21);
  }

  private static Set<List<Integer>> telling(List<Sum> sums, int k) {
    List<ComparedFigure> figures = sums.stream().map(CombinedFiguresTest::figure).toList();
    CombinedFigures combined = new CombinedFigures(k, TONIGHT, figures);
    for (int person = 0; person < sums.get(0).stands().size(); person++) {
      combined.add(adds(sums, figures, person));
    }
    return combined.telling().stream()
        .map(told -> told.stream().map(ComparedFigure::number).sorted().toList())
        .collect(Collectors.toSet());
  }

  private static ComparedFigure figure(Sum sum) {
    ComparedFigure figure = new ComparedFigure("a", "sum " + sum.number(), sum.number());
    if (sum.stood()) {
      figure.sets().add(new ComparedFigure.PersonSet(EARLIER, Sum.persons(sum.before())));
    }
    if (sum.isNew()) {
      figure.sets().add(new ComparedFigure.PersonSet(TONIGHT, Sum.persons(sum.now())));
    }
    return figure;
  }

  private static Map<ComparedFigure, Presence> adds(
      List<Sum> sums, List<ComparedFigure> figures, int person) {
    Map<ComparedFigure, Presence> adds = new LinkedHashMap<>();
    for (Sum sum : sums) {
      Presence presence = new Presence(figures.get(sum.number()));
      long before = sum.stood() ? sum.before().get(person) : 0;
      long now = sum.stands().get(person);
      if (before != 0) {
        presence.add(EARLIER, before);
      }
      if (now != before) {
        presence.add(TONIGHT, now - before);
      }
      adds.put(presence.figure(), presence);
    }
    return adds;
  }
}
