package com.segumento.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Attacks that subtract rows of releases from each other. */
record NightAttacks(Trial trial) {
  private static final String MEMORY = "release memory: a figure changes by groups of k";
  private static final String NESTED =
      "of two segments 1 to k-1 persons apart one is withheld, now and against all remembered";

  List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(ofOneCell());
    attacks.addAll(ofSegments());
    return attacks;
  }

  private List<Attack> ofOneCell() {
    return List.of(
        trial.attack(
            "Difference of nights",
            "subtracts every night's figures of a cell from every later one's",
            NightAttacks::nights,
            MEMORY),
        trial.attack(
            "Swap",
            "looks for nights with as many persons as before and another sum: one has come for"
                + " another, and the sums say what they spend",
            NightAttacks::swaps,
            "release memory of sums: until k persons have another share, the sum stays"),
        trial.attack(
            "Drip", "watches a cell that one person joins every night", NightAttacks::drip, MEMORY),
        trial.attack(
            "Deletion seen as -1",
            "looks for the night on which a cell loses a few persons and its twin does not: they"
                + " were erased",
            NightAttacks::deletion,
            "an erased person goes on counting, under random bytes, until k have left"));
  }

  private static List<Guess> nights(Releases releases) {
    return labels(releases, Table.GENDERS, World.RANDOM)
        .map(label -> releases.cell(Table.GENDERS, World.RANDOM, label))
        .flatMap(rows -> Releases.pairs(rows).stream())
        .filter(Guess::few)
        .toList();
  }

  private static Stream<String> labels(Releases releases, Table table, String segment) {
    return releases.figures().stream()
        .filter(row -> row.table() == table && row.segment().equals(segment))
        .map(Figure::label)
        .distinct();
  }

  private static List<Guess> swaps(Releases releases) {
    return Releases.pairs(releases.cell(Table.GENDERS, World.SWAP, "m")).stream()
        .filter(guess -> guess.persons() == 0 && guess.sumsDiffer())
        .map(guess -> new Guess(guess.plus(), guess.minus(), true))
        .toList();
  }

  private static List<Guess> drip(Releases releases) {
    return following(releases.cell(Table.GENDERS, World.DRIP, "f")).stream()
        .filter(Guess::few)
        .toList();
  }

  /** A row and the one of the night before. */
  private static List<Guess> following(List<Figure> rows) {
    return IntStream.range(1, rows.size())
        .mapToObj(i -> Guess.difference(rows.get(i), rows.get(i - 1)))
        .toList();
  }

  private static List<Guess> deletion(Releases releases) {
    List<Figure> twin = releases.cell(Table.GENDERS, World.KEPT, "f");
    List<Integer> quiet =
        following(twin).stream()
            .filter(guess -> guess.persons() == 0)
            .map(guess -> guess.plus().get(0).night())
            .toList();
    return following(releases.cell(Table.GENDERS, World.ERASED, "f")).stream()
        .filter(guess -> guess.few() && guess.persons() < 0)
        .filter(guess -> quiet.contains(guess.plus().get(0).night()))
        .toList();
  }

  private List<Attack> ofSegments() {
    return List.of(
        trial.attack(
            "A, B, A and B, A or B",
            "takes `a and b` from `a`, and `b` from `a or b`, of every two nights",
            releases ->
                few(
                    nested(releases, World.A, World.A_AND_B),
                    nested(releases, World.A_OR_B, World.B)),
            NESTED),
        trial.attack(
            "A + B - (A or B)",
            "takes `x or y` from `x` and `y` of one night: what is left is in both",
            NightAttacks::inBoth,
            "of two segments that are nearly apart, and one that is nearly their union, one is"
                + " withheld"),
        trial.attack(
            "Small complement",
            "takes everybody but a rare group from everybody, of every two nights",
            releases -> few(nested(releases, World.EVERYBODY, World.NEARLY_ALL)),
            NESTED),
        trial.attack(
            "The part's growth from the whole's",
            "takes by how many `part` has grown from by how many `whole` has, between every two"
                + " nights: what is left has come to the whole only",
            NightAttacks::growth,
            "persons by whom the changes of two segments differ are k at least, or one of the"
                + " changes waits"),
        trial.attack(
            "Sums of two segments",
            "takes the sum of `spenders` from that of `visitors`, who are k more persons, of whom"
                + " one has spent something",
            NightAttacks::spent,
            "sums are compared by person and share, and who adds nothing is no contributor"),
        trial.attack(
            "Shifted windows",
            "takes who has bought within 7 days from who has within 8, of this night and the next",
            NightAttacks::windows,
            NESTED));
  }

  private static List<Guess> few(List<Guess> guesses) {
    return guesses.stream().filter(Guess::few).toList();
  }

  private static List<Guess> few(List<Guess> some, List<Guess> others) {
    return Stream.concat(some.stream(), others.stream()).filter(Guess::few).toList();
  }

  /** One segment less another, of the same label and any two nights. */
  private static List<Guess> nested(Releases releases, String outer, String inner) {
    return labels(releases, Table.GENDERS, outer)
        .flatMap(
            label ->
                Releases.across(
                    releases.cell(Table.GENDERS, outer, label),
                    releases.cell(Table.GENDERS, inner, label))
                    .stream())
        .toList();
  }

  private static List<Guess> inBoth(Releases releases) {
    return IntStream.rangeClosed(1, World.NIGHTS)
        .mapToObj(
            night ->
                new Guess(
                    releases.rows(
                        night,
                        Table.GENDERS,
                        row -> List.of(World.X, World.Y).contains(row.segment())),
                    releases.rows(night, Table.GENDERS, World.X_OR_Y),
                    false))
        .filter(guess -> guess.plus().size() == 2 && guess.minus().size() == 1)
        .filter(Guess::few)
        .toList();
  }

  private static List<Guess> growth(Releases releases) {
    List<Figure> whole = releases.cell(Table.GENDERS, World.WHOLE, "m");
    List<Figure> part = releases.cell(Table.GENDERS, World.PART, "m");
    List<Guess> guesses = new ArrayList<>();
    for (Figure now : whole) {
      for (Figure then : whole) {
        if (then.night() < now.night()) {
          List<Figure> ofPart =
              part.stream()
                  .filter(row -> row.night() == now.night() || row.night() == then.night())
                  .toList();
          guesses.add(new Guess(List.of(now, ofPart.get(0)), List.of(then, ofPart.get(1)), false));
        }
      }
    }
    return few(guesses);
  }

  private static List<Guess> spent(Releases releases) {
    return nested(releases, World.VISITORS, World.SPENDERS).stream()
        .map(guess -> new Guess(guess.plus(), guess.minus(), true))
        .filter(Guess::sumsDiffer)
        .toList();
  }

  private static List<Guess> windows(Releases releases) {
    return nested(releases, World.LONGER, World.WEEK).stream()
        .filter(guess -> shift(guess) == 0 || shift(guess) == 1)
        .filter(Guess::few)
        .toList();
  }

  private static int shift(Guess guess) {
    return guess.plus().get(0).night() - guess.minus().get(0).night();
  }
}
