package com.segumento.attack;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some numbers of persons and sums less others, and the attacker takes what is left for what a
 * group of persons adds, or does not add.
 */
record Balance(List<Item> plus, List<Item> minus) {
  private static final BigDecimal K = BigDecimal.valueOf(World.K);

  Balance {
    plus = List.copyOf(plus);
    minus = List.copyOf(minus);
  }

  /**
   * A figure of a row.
   *
   * @param sum its name; empty for the number of persons
   */
  record Item(Figure row, String sum) {
    static Item persons(Figure row) {
      return new Item(row, "");
    }

    /** Null where it is withheld. */
    private BigDecimal value() {
      return sum.isEmpty() ? BigDecimal.valueOf(row.persons()) : row.sums().get(sum);
    }
  }

  /** This less another one. */
  Balance less(Balance other) {
    return new Balance(
        Stream.concat(plus.stream(), other.minus.stream()).toList(),
        Stream.concat(minus.stream(), other.plus.stream()).toList());
  }

  /** Whether all of it is published, so that the attacker can work it out. */
  boolean published() {
    return Stream.concat(plus.stream(), minus.stream()).allMatch(item -> item.value() != null);
  }

  /** What is left. */
  BigDecimal left() {
    return total(plus).subtract(total(minus));
  }

  /** Whether as much is left as fewer than k persons add, who add 1 each. */
  boolean few() {
    return left().signum() != 0 && left().abs().compareTo(K) < 0;
  }

  private static BigDecimal total(List<Item> items) {
    return items.stream().map(Item::value).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
