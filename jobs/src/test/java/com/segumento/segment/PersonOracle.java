package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Segments;
import com.segumento.testkit.Definitions;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/**
 * Random definitions over figures of persons, and what they mean: ratios and scores one person at a
 * time, tiles and RFM scores by sorting all persons. Who of several with the same value comes first
 * is left open.
 *
 * @param figures exact numbers among the traits of events
 */
record PersonOracle(
    LocalDate date,
    Map<String, NaiveTrait> figures,
    Map<String, Ratio> ratios,
    Map<String, Score> scores,
    Map<String, Tile> tiles,
    Map<String, Rfm> rfms) {
  private static final int SURVEYS = 6;
  private static final String[][] GROUPS = {
    {"Lost", "Lost", "At risk", "At risk", "Cannot lose them"},
    {"Hibernating", "Hibernating", "At risk", "At risk", "Cannot lose them"},
    {"About to sleep", "About to sleep", "Need attention", "Loyal", "Loyal"},
    {"Promising", "Potential loyalists", "Potential loyalists", "Loyal", "Loyal"},
    {"New", "Potential loyalists", "Potential loyalists", "Champions", "Champions"}
  };

  private record Ratio(String of, String by) {}

  private record Score(Map<String, Integer> weights) {}

  private record Tile(String by, int bins) {}

  private record Rfm(NaiveCondition where, NaiveWindow window, int bins) {}

  static PersonOracle random(
      Random random, LocalDate date, Map<String, NaiveTrait> traits, int many) {
    Map<String, NaiveTrait> figures = new LinkedHashMap<>();
    traits.forEach(
        (name, trait) -> {
          if (trait.exact()) {
            figures.put(name, trait);
          }
        });
    List<String> names = List.copyOf(figures.keySet());
    PersonOracle oracle =
        new PersonOracle(
            date,
            figures,
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    for (int i = 0; i < many; i++) {
      oracle.ratios.put("ratio" + i, new Ratio(one(random, names), one(random, names)));
      Map<String, Integer> weights = new LinkedHashMap<>();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        weights.put(one(random, names), random.nextInt(7) - 3);
      }
      oracle.scores.put("score" + i, new Score(weights));
    }
    for (int i = 0; i < SURVEYS; i++) {
      oracle.tiles.put("tile" + i, new Tile(one(random, names), 2 + random.nextInt(12)));
      oracle.rfms.put(
          "rfm" + i,
          new Rfm(
              NaiveCondition.randomOrAll(random),
              random.nextBoolean() ? NaiveWindow.all(date) : NaiveWindow.random(random, date),
              2 + random.nextInt(9)));
    }
    return oracle;
  }

  private static String one(Random random, List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  Map<String, Segments.Trait> traits() {
    Map<String, Segments.Trait> made = new LinkedHashMap<>();
    ratios.forEach(
        (name, ratio) ->
            made.put(name, Definitions.trait("{ratio: [" + ratio.of() + ", " + ratio.by() + "]}")));
    scores.forEach(
        (name, score) ->
            made.put(
                name,
                Definitions.trait(
                    "{score: " + score.weights().toString().replace("=", ": ") + "}")));
    tiles.forEach(
        (name, tile) ->
            made.put(
                name,
                Definitions.trait("{tile: {by: " + tile.by() + ", bins: " + tile.bins() + "}}")));
    rfms.forEach(
        (name, rfm) ->
            made.put(
                name,
                Definitions.trait(
                    "{rfm: {from: events, value: amount, bins: "
                        + rfm.bins()
                        + rfm.where().yaml()
                        + (rfm.window().text() == null ? "" : ", window: " + rfm.window().text())
                        + "}}")));
    return made;
  }

  /** Holds rows by person against what is to be made of their events. */
  void check(Map<Integer, Row> found, Function<Integer, List<OracleEvent>> events) {
    found.forEach((person, row) -> formulas(events.apply(person), row));
    tiles.forEach(
        (name, tile) -> {
          List<Placed> placed = new ArrayList<>();
          found.values().forEach(row -> placed.add(placed(row.getAs(tile.by()), row.getAs(name))));
          tiled(name + " " + tile, placed, tile.bins());
        });
    rfms.forEach((name, rfm) -> scored(name, rfm, found, events));
  }

  private void formulas(List<OracleEvent> events, Row row) {
    ratios.forEach(
        (name, ratio) -> {
          Double of = figure(ratio.of(), events);
          Double by = figure(ratio.by(), events);
          same(row.getAs(name), of == null || by == null || by == 0 ? null : of / by, name);
        });
    scores.forEach(
        (name, score) -> {
          double sum = 0;
          for (Map.Entry<String, Integer> weight : score.weights().entrySet()) {
            Double figure = figure(weight.getKey(), events);
            sum += figure == null ? 0 : figure * weight.getValue();
          }
          same(row.getAs(name), sum, name);
        });
  }

  private Double figure(String name, List<OracleEvent> events) {
    Object value = figures.get(name).of(events);
    return value == null ? null : ((Number) value).doubleValue();
  }

  private static void same(Double value, Double expected, String name) {
    if (value == null || expected == null) {
      assertThat(value).as(name).isEqualTo(expected);
    } else {
      assertThat(Math.abs(value - expected))
          .as(name + " is " + value + ", expected " + expected)
          .isLessThanOrEqualTo(1e-9 * Math.max(1, Math.abs(expected)));
    }
  }

  private record Placed(Double value, Integer tile) {}

  private static Placed placed(Number value, Integer tile) {
    return new Placed(value == null ? null : value.doubleValue(), tile);
  }

  /** The first tiles have one more where the persons can't be shared evenly. */
  private static void tiled(String name, List<Placed> placed, int bins) {
    assertThat(placed).as(name).allMatch(one -> (one.value() == null) == (one.tile() == null));
    List<Integer> tiles =
        placed.stream()
            .filter(one -> one.value() != null)
            .sorted(Comparator.comparing(Placed::value).thenComparing(Placed::tile))
            .map(Placed::tile)
            .toList();
    List<Integer> expected = new ArrayList<>();
    for (int bin = 1; bin <= bins; bin++) {
      int size = tiles.size() / bins + (bin <= tiles.size() % bins ? 1 : 0);
      expected.addAll(java.util.Collections.nCopies(size, bin));
    }
    assertThat(tiles).as(name).isEqualTo(expected);
  }

  private void scored(
      String name, Rfm rfm, Map<Integer, Row> found, Function<Integer, List<OracleEvent>> all) {
    List<Placed> recency = new ArrayList<>();
    List<Placed> frequency = new ArrayList<>();
    List<Placed> monetary = new ArrayList<>();
    found.forEach(
        (person, row) -> {
          List<OracleEvent> events = rfm.where().of(rfm.window().in(all.apply(person)));
          Row scores = row.getAs(name);
          if (events.isEmpty()) {
            assertThat(scores).as(name).isNull();
            return;
          }
          LocalDate last =
              events.stream().map(OracleEvent::day).max(LocalDate::compareTo).orElseThrow();
          double money =
              events.stream()
                  .filter(event -> event.amount() != null)
                  .mapToDouble(event -> event.amount().doubleValue())
                  .sum();
          recency.add(placed(-ChronoUnit.DAYS.between(last, date), scores.getAs("recency")));
          frequency.add(placed(events.size(), scores.getAs("frequency")));
          monetary.add(placed(Math.round(money * 100), scores.getAs("monetary")));
          named(name, scores, rfm.bins());
        });
    tiled(name + " recency " + rfm, recency, rfm.bins());
    tiled(name + " frequency " + rfm, frequency, rfm.bins());
    tiled(name + " monetary " + rfm, monetary, rfm.bins());
  }

  private static void named(String name, Row scores, int bins) {
    int recency = scores.getAs("recency");
    int frequency = scores.getAs("frequency");
    int monetary = scores.getAs("monetary");
    String between = bins > 9 ? "-" : "";
    assertThat(scores.<String>getAs("score"))
        .as(name)
        .isEqualTo(recency + between + frequency + between + monetary);
    int mean = (int) Math.round((scaled(frequency, bins) + scaled(monetary, bins)) / 2.0);
    assertThat(scores.<String>getAs("group"))
        .as(name)
        .isEqualTo(GROUPS[scaled(recency, bins) - 1][mean - 1]);
  }

  private static int scaled(int score, int bins) {
    return (int) Math.ceil(score * 5.0 / bins);
  }
}
