package com.segumento.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.RandomRows.Figure;
import com.segumento.privacy.RandomRows.Kind;
import com.segumento.privacy.RandomRows.Telling;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows that engine and gate are tried on tell in each way, by that alone, and not at all. */
class RandomRowsTest {
  private static final int CELLS = 600;

  @ParameterizedTest
  @CsvSource({"2, 0", "2, 20", "5, 0", "5, 20"})
  void tellInEachWayAndNotAtAll(int k, double p) {
    RandomRows rows = new RandomRows(k, k, p, CELLS);
    Map<List<String>, EnumSet<Kind>> kinds =
        rows.telling().stream()
            .collect(
                Collectors.groupingBy(
                    telling -> List.of(telling.cell(), telling.segment()),
                    Collectors.mapping(
                        Telling::kind, Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)))));
    Map<Kind, Integer> alone = new EnumMap<>(Kind.class);
    kinds.values().stream()
        .filter(some -> some.size() == 1)
        .forEach(some -> alone.merge(some.iterator().next(), 1, Integer::sum));
    EnumSet<Kind> all = EnumSet.allOf(Kind.class);
    if (p == 0 || k > 2) { // of so little money no five are left that one of them dominates
      all.remove(Kind.DOMINANCE);
    }
    assertThat(alone.keySet()).isEqualTo(all);
    assertThat(alone.values()).allMatch(often -> often >= 3);
    assertThat(kinds.values().stream().anyMatch(some -> some.contains(Kind.DOMINANCE)))
        .isEqualTo(p > 0);
    assertThat(kinds.size()).isBetween(CELLS / 10, CELLS * 9 / 10);
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "5, 20"})
  void tellNothingWithoutWhatMayGiveWay(int k, double p) {
    RandomRows rows = new RandomRows(k, k, p, CELLS);
    Set<Figure> witnessed = rows.witnessed();
    assertThat(rows.fresh())
        .containsAll(witnessed)
        .hasSizeGreaterThan(witnessed.size() + CELLS / 10);
    assertThat(witnessed)
        .anyMatch(figure -> figure.name().equals("persons"))
        .anyMatch(figure -> !figure.name().equals("persons"));
    assertThat(rows.telling()).isNotEmpty();
    assertThat(rows.telling(witnessed)).isEmpty();
    Figure one = witnessed.iterator().next();
    Set<Figure> others = new HashSet<>(witnessed);
    others.removeIf(figure -> figure.cell().equals(one.cell()));
    assertThat(rows.telling(others)).allMatch(telling -> telling.cell().equals(one.cell()));
  }
}
