package com.segumento.attack;

import java.math.BigDecimal;
import java.util.List;

/**
 * Some rows minus others, and the attacker takes what is left for a group of persons.
 *
 * @param sums whether the sums are subtracted and not the numbers of persons
 */
record Guess(List<Figure> plus, List<Figure> minus, boolean sums) {
  Guess {
    plus = List.copyOf(plus);
    minus = List.copyOf(minus);
  }

  static Guess difference(Figure plus, Figure minus) {
    return new Guess(List.of(plus), List.of(minus), false);
  }

  /** Persons in the rows, less those in the ones that are taken away. */
  long persons() {
    return persons(plus) - persons(minus);
  }

  /** Whether the numbers tell of a group of fewer than k persons, or of none by these. */
  boolean few() {
    return persons() != 0 && Math.abs(persons()) < World.K;
  }

  private static long persons(List<Figure> figures) {
    return figures.stream().mapToLong(Figure::persons).sum();
  }

  /** Whether the sums differ, where all are published. */
  boolean sumsDiffer() {
    return java.util.stream.Stream.concat(plus.stream(), minus.stream())
            .noneMatch(figure -> figure.spend() == null)
        && sum(plus).compareTo(sum(minus)) != 0;
  }

  private static BigDecimal sum(List<Figure> figures) {
    return figures.stream().map(Figure::spend).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
