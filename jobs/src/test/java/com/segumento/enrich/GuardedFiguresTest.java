package com.segumento.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedFiguresTest {
  @ParameterizedTest(name = "{0} persons, k=50: stated {1}")
  @CsvSource({"0, false, 0", "1, false, 1", "49, false, 1", "50, true, 0", "51, true, 0"})
  void statesFiguresOfAtLeastK(long persons, boolean stated, int withheld) {
    GuardedFigures figures = GuardedFigures.of(Map.of("a", persons), 50);
    assertThat(figures.stated().containsKey("a")).isEqualTo(stated);
    assertThat(figures.withheld()).isEqualTo(withheld);
  }

  @ParameterizedTest(name = "{0} persons withheld, k=50: the smallest other one goes too: {1}")
  @CsvSource({"0, false", "1, true", "49, true"})
  void oneSmallFigureTakesAnotherWithIt(long small, boolean taken) {
    GuardedFigures figures = GuardedFigures.of(Map.of("a", small, "b", 60L, "c", 900L), 50);
    assertThat(figures.stated()).isEqualTo(taken ? Map.of("c", 900L) : Map.of("b", 60L, "c", 900L));
    assertThat(figures.together()).isEqualTo(taken ? small + 60 : 0);
  }

  @Test
  void smallFiguresOfKTogetherHideEachOther() {
    Map<String, Long> figures = Map.of("a", 49L, "b", 1L, "c", 900L);
    assertThat(GuardedFigures.of(figures, 50))
        .isEqualTo(new GuardedFigures(Map.of("c", 900L), 2, 50));
    assertThat(GuardedFigures.of(figures, 51)).isEqualTo(new GuardedFigures(Map.of(), 3, 950));
  }
}
