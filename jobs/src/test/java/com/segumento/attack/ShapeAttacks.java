package com.segumento.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Attacks on a segment of which no total is published: all its districts less all its genders. */
record ShapeAttacks(Trial trial) {
  static final List<String> SEGMENTS = List.of(World.UNTOTALLED, World.REGROUPED);

  /** All cells of both shapes of one night. */
  record Both(List<Figure> districts, List<Figure> genders) {}

  List<Attack> all() {
    return List.of(
        trial.attack(
            "All districts minus all genders",
            "takes all genders from all districts, of any two nights, where there is no total",
            ShapeAttacks::ofAnyTwoNights,
            "all cells of a shape are a total of another's: of any two nights, what is left is nobody or"
                + " k"),
        trial.attack(
            "Growth of all districts less that of all genders",
            "takes by how many all genders have grown from by how many all districts have,"
                + " between every two nights",
            ShapeAttacks::growth,
            "persons by whom all cells of a shape less all of another's have changed are k at least,"
                + " or a part waits"));
  }

  private static List<Guess> ofAnyTwoNights(Releases releases) {
    List<Guess> guesses = new ArrayList<>();
    for (String segment : SEGMENTS) {
      List<Both> nights = nights(releases, segment);
      for (Both one : nights) {
        nights.forEach(other -> guesses.add(new Guess(one.districts(), other.genders(), false)));
      }
    }
    return guesses.stream().filter(Guess::few).toList();
  }

  private static List<Guess> growth(Releases releases) {
    List<Guess> guesses = new ArrayList<>();
    for (String segment : SEGMENTS) {
      List<Both> nights = nights(releases, segment);
      for (int i = 0; i < nights.size(); i++) {
        for (int j = i + 1; j < nights.size(); j++) {
          guesses.add(grown(nights.get(i), nights.get(j)));
        }
      }
    }
    return guesses.stream().filter(Guess::few).toList();
  }

  private static Guess grown(Both before, Both after) {
    return new Guess(
        joined(after.districts(), before.genders()),
        joined(before.districts(), after.genders()),
        false);
  }

  private static List<Figure> joined(List<Figure> some, List<Figure> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** The nights of which there are both. */
  static List<Both> nights(Releases releases, String segment) {
    return IntStream.rangeClosed(1, World.NIGHTS)
        .mapToObj(
            night ->
                new Both(
                    releases.rows(night, Table.DISTRICTS, segment),
                    releases.rows(night, Table.PARTS, segment)))
        .filter(both -> !both.districts().isEmpty() && !both.genders().isEmpty())
        .toList();
  }
}
