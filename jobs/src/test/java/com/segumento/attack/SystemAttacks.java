package com.segumento.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Attacks that add up rows and subtract them from others: totals and parts, and all there is. */
record SystemAttacks(Trial trial) {
  private static final String PAIRS =
      "release memory, and of two segments 1 to k-1 persons apart one is withheld";

  List<Attack> all() {
    List<Attack> attacks = new ArrayList<>(ofTotals());
    attacks.addAll(ofEverything());
    return attacks;
  }

  private static List<Guess> few(List<Guess> guesses) {
    return guesses.stream().filter(Guess::few).toList();
  }

  private static List<Guess> few(List<Guess> some, List<Guess> others) {
    return Stream.concat(some.stream(), others.stream()).filter(Guess::few).toList();
  }

  private List<Attack> ofTotals() {
    String equations = "all cells of a segment are one system of equations; parts are held back";
    return List.of(
        trial.attack(
            "Total minus cells",
            "takes women and men from the total of the same night",
            releases -> few(remainders(releases, true)),
            equations),
        trial.attack(
            "Hierarchy subtraction",
            "takes districts, and what is left of the state, from the state of the same night",
            releases -> few(districts(releases, true)),
            equations));
  }

  /** Totals less all parts by gender, of the same night or of any two. */
  private static List<Guess> remainders(Releases releases, boolean sameNight) {
    List<Guess> guesses = new ArrayList<>();
    for (String segment : Table.TOTALS.cut().segments()) {
      for (Figure total : releases.cell(Table.TOTALS, segment, "")) {
        nights(total.night(), sameNight)
            .mapToObj(night -> releases.rows(night, Table.PARTS, segment))
            .filter(parts -> !parts.isEmpty())
            .forEach(parts -> guesses.add(new Guess(List.of(total), parts, false)));
      }
    }
    return guesses;
  }

  private static IntStream nights(int night, boolean sameNight) {
    return sameNight ? IntStream.of(night) : IntStream.rangeClosed(1, World.NIGHTS);
  }

  /** States less all their districts, of the same night or of any two. */
  private static List<Guess> districts(Releases releases, boolean sameNight) {
    List<Guess> guesses = new ArrayList<>();
    for (Figure state : releases.figures()) {
      if (state.table() == Table.STATES) {
        nights(state.night(), sameNight)
            .mapToObj(
                night ->
                    releases.rows(
                        night,
                        Table.DISTRICTS,
                        row -> row.segment().equals(state.segment()) && within(row, state)))
            .filter(parts -> !parts.isEmpty())
            .forEach(parts -> guesses.add(new Guess(List.of(state), parts, false)));
      }
    }
    return guesses;
  }

  private static List<Guess> renamed(Releases releases) {
    List<Guess> guesses = new ArrayList<>();
    for (Figure state : releases.figures()) {
      if (state.table() == Table.STATES && state.segment().equals(World.NEW_NAME)) {
        nights(state.night(), false)
            .mapToObj(
                night ->
                    releases.rows(
                        night,
                        Table.DISTRICTS,
                        row -> row.segment().equals(World.OLD_NAME) && within(row, state)))
            .filter(parts -> !parts.isEmpty())
            .forEach(parts -> guesses.add(new Guess(List.of(state), parts, false)));
      }
    }
    return guesses;
  }

  /** Totals and their parts of a night less those of an earlier one. */
  private static List<Guess> growth(Releases releases) {
    List<Guess> guesses = new ArrayList<>();
    for (String segment : Table.TOTALS.cut().segments()) {
      List<Figure> totals = releases.cell(Table.TOTALS, segment, "");
      for (Guess grown : Releases.pairs(totals)) {
        Stream.of(Table.PARTS, Table.DISTRICTS, Table.STATES)
            .map(table -> grown(releases, grown, table, segment))
            .forEach(guesses::add);
      }
    }
    return guesses;
  }

  private static Guess grown(Releases releases, Guess total, Table table, String segment) {
    Figure now = total.plus().get(0);
    Figure then = total.minus().get(0);
    List<Figure> plus = new ArrayList<>(releases.rows(then.night(), table, segment));
    List<Figure> minus = new ArrayList<>(releases.rows(now.night(), table, segment));
    plus.add(now);
    minus.add(then);
    return new Guess(plus, minus, false);
  }

  private static boolean within(Figure district, Figure state) {
    return district.label().endsWith(", " + state.label())
        || district.label().equals("other in " + state.label());
  }

  private List<Attack> ofEverything() {
    return List.of(
        trial.attack(
            "All pairs",
            "subtracts all rows of the same labels from each other: all segments, all nights",
            SystemAttacks::everyPair,
            PAIRS),
        trial.attack(
            "Totals minus cells of other nights",
            "takes parts by gender from totals, and districts from states, of any two nights",
            releases -> few(remainders(releases, false), districts(releases, false)),
            "what is left of a total beside parts is nobody or k, of any two nights"),
        trial.attack(
            "Growth of a total less its parts",
            "takes by how many the parts have grown from by how many the total has, between every"
                + " two nights: what is left has come to no part",
            releases -> few(growth(releases)),
            "persons by whom a total less its parts has changed are k at least, or a part waits"),
        trial.attack(
            "A segment renamed",
            "takes districts that were published under a segment's old name from states under its"
                + " new one, of any two nights",
            releases -> few(renamed(releases)),
            "what is left of a total beside parts of another segment is nobody or k, of any two"
                + " nights"),
        trial.attack(
            "Movers between cells",
            "adds up all cells of a segment, and subtracts the sum from that of every later night",
            SystemAttacks::movers,
            "whoever moves does so with k others, or beside k who came or left"));
  }

  private static List<Guess> everyPair(Releases releases) {
    return Stream.of(Table.values())
        .flatMap(
            table ->
                releases.figures().stream()
                    .filter(row -> row.table() == table)
                    .map(Figure::label)
                    .distinct()
                    .flatMap(
                        label ->
                            Releases.pairs(
                                releases.figures().stream()
                                    .filter(row -> row.table() == table)
                                    .filter(row -> row.label().equals(label))
                                    .toList())
                                .stream()))
        .filter(Guess::few)
        .toList();
  }

  private static List<Guess> movers(Releases releases) {
    List<Guess> guesses = new ArrayList<>();
    for (Table table : List.of(Table.GENDERS, Table.PARTS, Table.STATES, Table.DISTRICTS)) {
      for (String segment : table.cut().segments()) {
        List<List<Figure>> nights =
            IntStream.rangeClosed(1, World.NIGHTS)
                .mapToObj(night -> releases.rows(night, table, segment))
                .filter(rows -> rows.size() > 1)
                .toList();
        for (int i = 0; i < nights.size(); i++) {
          for (int j = i + 1; j < nights.size(); j++) {
            guesses.add(new Guess(nights.get(j), nights.get(i), false));
          }
        }
      }
    }
    return guesses.stream().filter(Guess::few).toList();
  }
}
