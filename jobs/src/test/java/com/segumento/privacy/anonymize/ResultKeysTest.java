package com.segumento.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.lattice.ClassTable;
import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Solution;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultKeysTest {
  private static final Hierarchy AGE =
      Hierarchy.of(
          "age", List.of(List.of("1", "low", "*"), List.of("2", "low", "*"), List.of("", "", "*")));
  private static final Hierarchy CITY =
      Hierarchy.of("city", List.of(List.of("x", "one"), List.of("y", "two")));
  private static final Hierarchy ILLNESS =
      Hierarchy.of("illness", List.of(List.of(""), List.of("flu")));

  /** Each combination of three ages, two cities and two illnesses. */
  private static final Packed ALL =
      new Packed(
          new int[][] {
            IntStream.range(0, 12).map(i -> i % 3).toArray(),
            IntStream.range(0, 12).map(i -> i / 3 % 2).toArray(),
            IntStream.range(0, 12).map(i -> i / 6).toArray()
          },
          new long[12]);

  /** Classes (low, one) and (none, two) are suppressed, the other two are kept. */
  private static ResultKeys keys(boolean keepsSuppressed, long suppressed) {
    Plan plan =
        new Plan(
            List.of(AGE, CITY),
            new Solution(new int[] {1, 1}, new double[] {0}, suppressed, 2, 2, 4, 1, null),
            new ClassTable(
                new int[][] {{0, 1, 0, 1}, {0, 0, 1, 1}},
                new long[] {4, 2, 4, 2},
                new boolean[] {suppressed == 0, true, true, suppressed == 0}));
    Encoding encoding = new Encoding(null, List.of(AGE, CITY), List.of(ILLNESS), 2);
    return ResultKeys.of(encoding, plan, keepsSuppressed).orElseThrow();
  }

  private static List<String> texts(ResultKeys keys) {
    return IntStream.range(0, ALL.size())
        .mapToLong(at -> keys.key(ALL, at))
        .distinct()
        .filter(key -> key != ResultKeys.DROPPED)
        .mapToObj(key -> keys.text(key, 0) + ";" + keys.text(key, 1) + ";" + keys.text(key, 2))
        .toList();
  }

  @Test
  void sayWhatEachRowSays() {
    assertThat(texts(keys(false, 0)))
        .containsExactlyInAnyOrder(
            "low;one;null",
            "low;two;null",
            ";one;null",
            ";two;null",
            "low;one;flu",
            "low;two;flu",
            ";one;flu",
            ";two;flu");
  }

  @Test
  void dropOrStarWhatIsSuppressed() {
    assertThat(texts(keys(false, 6)))
        .containsExactlyInAnyOrder("low;two;null", ";one;null", "low;two;flu", ";one;flu");
    assertThat(texts(keys(true, 6)))
        .containsExactlyInAnyOrder(
            "low;two;null", ";one;null", "*;*;null", "low;two;flu", ";one;flu", "*;*;flu");
  }

  @Test
  void orderRowsByWhatTheySayAlone() {
    ResultKeys keys = keys(true, 6);

    assertThat(IntStream.range(0, 12).mapToLong(at -> keys.order(keys.key(ALL, at))).distinct())
        .hasSize(6);
    assertThat(keys.order(keys.key(ALL, 3))) // low, two, of no illness
        .isEqualTo(keys(false, 0).order(keys(false, 0).key(ALL, 3)));
  }

  @Test
  void areNoneWhereThereAreMoreOfThemThanNumbers() {
    Hierarchy large =
        Hierarchy.of(
            "large",
            IntStream.range(0, 1 << 16).mapToObj(i -> List.of(Integer.toString(i))).toList());
    List<Hierarchy> quasi = List.of(large, large, large, large);
    int[][] labels = {{0}, {0}, {0}, {0}};
    Plan plan =
        new Plan(
            quasi,
            new Solution(new int[4], new double[] {0}, 0, 1, 2, 2, 1, null),
            new ClassTable(labels, new long[] {2}, new boolean[] {true}));

    assertThat(ResultKeys.of(new Encoding(null, quasi, List.of(), 2), plan, false)).isEmpty();
  }
}
