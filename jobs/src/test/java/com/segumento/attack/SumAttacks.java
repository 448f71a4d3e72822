package com.segumento.attack;

import com.segumento.attack.Balance.Item;
import com.segumento.privacy.engine.PlainNights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Attacks on the sums of a row, by its number of persons and by each other. */
record SumAttacks(Trial trial) {
  /** What is summed by segment, and can be published of men, as k of them have added nothing. */
  static final Map<String, List<String>> SUMS =
      Map.of(
          World.ONLINE, List.of(World.WEB),
          World.SPLIT, List.of(World.WEB, World.STORE),
          World.SHOPPERS, List.of(PlainNights.SPEND.name(), World.WEB, World.STORE));

  private static final List<String> LABELS = List.of("f", "m");
  private static final String ALIKE =
      "where a number of persons and a sum say what 1 to k-1 of them do not add, one of the two"
          + " waits";

  List<Attack> all() {
    return List.of(
        trial.ofBalances(
            "Persons times the bound, less the sum",
            "takes the sum of a `clamp: [0, 1]` from the number of persons of its row, of any two"
                + " nights: who is left has added nothing",
            SumAttacks::without,
            ALIKE),
        trial.ofBalances(
            "Growth of persons less that of a sum",
            "takes by how much such a sum has grown from by how many the persons have, between"
                + " every two nights",
            SumAttacks::growth,
            ALIKE),
        trial.ofBalances(
            "Persons less two sums",
            "takes those who have bought on the web, and those who have in a store, from the number"
                + " of persons of the row",
            SumAttacks::neitherWay,
            "of two or three sums that nearly all persons of a row add the same to together, one"
                + " waits"),
        trial.ofBalances(
            "Growth of persons less that of two sums",
            "does so with what all three have grown by between every two nights",
            SumAttacks::neitherWaySince,
            GROWTH),
        trial.ofBalances(
            "All purchases less those on the web and in stores",
            "takes two sums of a row from a third one: what is left is spent in the app",
            SumAttacks::otherWay,
            "all sums of a row are added up and subtracted: where k do not cancel out, but some do"
                + " not, one waits"),
        trial.ofBalances(
            "Growth of all purchases less that of those",
            "does so with what all three have grown by between every two nights",
            SumAttacks::otherWaySince,
            GROWTH));
  }

  private static final String GROWTH =
      "the same is held against what each two or three sums have grown by since every remembered"
          + " release";

  /** The rows of a cell of one of these segments, by night. */
  static List<Figure> cell(Releases releases, String segment, String label) {
    Table table = segment.equals(World.SHOPPERS) ? Table.PURCHASES : Table.WAYS;
    return releases.cell(table, segment, label);
  }

  private static Stream<List<Figure>> cells(Releases releases, String segment) {
    return LABELS.stream().map(label -> cell(releases, segment, label));
  }

  private static List<Balance> without(Releases releases) {
    List<Balance> guesses = new ArrayList<>();
    cells(releases, World.ONLINE)
        .forEach(
            rows -> {
              for (Figure row : rows) {
                for (Figure other : rows) {
                  guesses.add(
                      new Balance(List.of(Item.persons(row)), List.of(new Item(other, World.WEB))));
                }
              }
            });
    return few(guesses);
  }

  private static List<Balance> growth(Releases releases) {
    return few(
        growth(
            releases,
            World.ONLINE,
            row -> new Balance(List.of(Item.persons(row)), List.of(new Item(row, World.WEB)))));
  }

  /** What is worked out of a row, less what was of it on each night before. */
  private static List<Balance> growth(
      Releases releases, String segment, Function<Figure, Balance> of) {
    List<Balance> guesses = new ArrayList<>();
    cells(releases, segment)
        .forEach(
            rows -> {
              for (int i = 0; i < rows.size(); i++) {
                for (int j = i + 1; j < rows.size(); j++) {
                  guesses.add(of.apply(rows.get(j)).less(of.apply(rows.get(i))));
                }
              }
            });
    return guesses;
  }

  private static List<Balance> neitherWay(Releases releases) {
    return few(
        cells(releases, World.SPLIT)
            .flatMap(List::stream)
            .map(row -> lessBothWays(Item.persons(row)))
            .toList());
  }

  private static List<Balance> otherWay(Releases releases) {
    return cells(releases, World.SHOPPERS)
        .flatMap(List::stream)
        .map(row -> lessBothWays(new Item(row, PlainNights.SPEND.name())))
        .filter(Balance::published)
        .filter(guess -> guess.left().signum() != 0)
        .toList();
  }

  private static List<Balance> neitherWaySince(Releases releases) {
    return few(growth(releases, World.SPLIT, row -> lessBothWays(Item.persons(row))));
  }

  private static List<Balance> otherWaySince(Releases releases) {
    return growth(
            releases, World.SHOPPERS, row -> lessBothWays(new Item(row, PlainNights.SPEND.name())))
        .stream()
        .filter(Balance::published)
        .filter(guess -> guess.left().signum() != 0)
        .toList();
  }

  private static Balance lessBothWays(Item of) {
    return new Balance(
        List.of(of), List.of(new Item(of.row(), World.WEB), new Item(of.row(), World.STORE)));
  }

  private static List<Balance> few(List<Balance> guesses) {
    return guesses.stream().filter(Balance::published).filter(Balance::few).toList();
  }
}
