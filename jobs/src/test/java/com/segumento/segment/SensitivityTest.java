package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.segumento.config.Segments;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final String DEFINITIONS =
      """
      traits:
        spend: {from: orders, agg: sum(amount)}
        third: {tile: {by: spend, bins: 3}}
        third_of_third: {tile: {by: third, bins: 2}}
        scores: {rfm: {from: orders, value: amount, bins: 4}}
        cohort: {cluster: {features: [spend], k: "3"}}
      segments:
        - {id: young, where: "age < 30 and spend > 5"}
        - {id: best, rank: {by: spend, top: 10%}}
        - {id: best_young, rank: {by: spend, top: "20", among: young}}
        - {id: best_of_best, rank: {by: spend, top: 50%, among: best}}
        - {id: odd, where: "third = 2"}
        - {id: odd_best, where: "in_segment('best') and third = 2"}
        - {id: deep, where: "third_of_third = 1"}
        - {id: loyal, where: "scores.frequency >= 3"}
        - {id: loyal_lately, where: "scores.frequency >= 3 and SCORES.recency = 4"}
        - {id: champions, where: "scores.group = 'Champions'"}
        - {id: grouped, where: "cohort = 2"}
        - {id: alike, lookalike: {seed: young, size: 10%, features: [spend]}}
        - {id: not_alike, include: [young], exclude: [alike]}
        - {id: part, split: {of: best, share: 10%, salt: a}}
        - {id: rest, where: "age > 60"}
      waterfalls:
        one: [loyal, rest]
      """;

  @Test
  void isOneButWhereOthersCount() throws IOException {
    Segments definitions =
        JsonMapper.builder(new YAMLFactory())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build()
            .readValue(DEFINITIONS, Segments.class);
    Map<String, Long> found = new TreeMap<>();
    definitions
        .segments()
        .forEach(one -> found.put(one.id(), Sensitivity.of(definitions, one.id())));
    assertThat(found)
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("young", 1L),
                    Map.entry("best", 2L),
                    Map.entry("best_young", 2L),
                    Map.entry("best_of_best", 4L),
                    Map.entry("odd", 3L),
                    Map.entry("odd_best", 6L),
                    Map.entry("deep", 6L),
                    Map.entry("loyal", 4L),
                    Map.entry("loyal_lately", 7L),
                    Map.entry("champions", 10L),
                    Map.entry("grouped", Sensitivity.UNBOUNDED),
                    Map.entry("alike", Sensitivity.UNBOUNDED),
                    Map.entry("not_alike", Sensitivity.UNBOUNDED),
                    Map.entry("part", 2L),
                    Map.entry("rest", 4L)))); // who is in loyal is not in it
  }

  @Test
  void hasNoBoundWhereItIsBeyondAnyNumber() {
    Map<String, Segments.Trait> tiles = new TreeMap<>();
    for (int i = 0; i < 8; i++) {
      Segments.Tile tile = new Segments.Tile("age", 1000);
      tiles.put(
          "tile" + i,
          new Segments.Trait(null, null, null, null, null, null, null, tile, null, null));
    }
    String where = String.join(" + ", tiles.keySet()) + " > 9";
    Segments definitions =
        new Segments(tiles, List.of(Segments.Segment.where("all", where)), Map.of());
    assertThat(Sensitivity.of(definitions, "all")).isEqualTo(Sensitivity.UNBOUNDED);
  }

  /** Of persons whose values are the list's, of one who has another, or none. */
  @Property(tries = 2000)
  void noMoreChangeInAnOrder(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 20) Integer> values,
      @ForAll @IntRange(min = -1, max = 20) int another,
      @ForAll @IntRange(max = 39) int who,
      @ForAll @IntRange(min = 2, max = 6) int bins,
      @ForAll @IntRange(min = 1, max = 99) int percent) {
    Map<Integer, Integer> one = new HashMap<>();
    for (int person = 0; person < values.size(); person++) {
      one.put(person, values.get(person));
    }
    Map<Integer, Integer> other = new HashMap<>(one);
    int changed = who % values.size();
    if (another < 0) {
      other.remove(changed);
    } else {
      other.put(changed, another);
    }
    assertThat(apart(one, other, order -> top(order, order.size() * percent / 100)))
        .isLessThanOrEqualTo(2);
    assertThat(apart(one, other, order -> top(order, percent % 10))).isLessThanOrEqualTo(2);
    assertThat(apart(one, other, order -> tiles(order, bins))).isLessThanOrEqualTo(bins);
  }

  private static long apart(
      Map<Integer, Integer> one,
      Map<Integer, Integer> other,
      Function<List<Integer>, Map<Integer, Integer>> rule) {
    Map<Integer, Integer> before = rule.apply(order(one));
    Map<Integer, Integer> after = rule.apply(order(other));
    return one.keySet().stream()
        .filter(person -> !before.getOrDefault(person, 0).equals(after.getOrDefault(person, 0)))
        .count();
  }

  /** From the lowest; alike ones always in the same order. */
  private static List<Integer> order(Map<Integer, Integer> values) {
    return values.keySet().stream()
        .sorted(Comparator.<Integer>comparingInt(values::get).thenComparingInt(person -> person))
        .toList();
  }

  private static Map<Integer, Integer> top(List<Integer> order, int size) {
    Map<Integer, Integer> in = new HashMap<>();
    order
        .subList(Math.max(0, order.size() - size), order.size())
        .forEach(person -> in.put(person, 1));
    return in;
  }

  private static Map<Integer, Integer> tiles(List<Integer> order, int bins) {
    Map<Integer, Integer> tiles = new HashMap<>();
    for (int at = 0; at < order.size(); at++) {
      tiles.put(order.get(at), 1 + at * bins / order.size());
    }
    return tiles;
  }
}
