package com.segumento.attack;

import com.segumento.attack.History.Element;
import com.segumento.privacy.engine.PlainNights;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Knows who stands behind each figure. A guess is right where the rows differ by 1 to k-1 persons
 * in truth: those that are in one of them more often than in the others, and the other way round.
 */
record Judge(History history) {

  /** What was learned by these guesses. */
  Learned judge(List<Guess> guesses) {
    return learned(guesses.stream().map(this::group).toList());
  }

  /** What was learned by these. A guess is right where 1 to k-1 persons do not cancel out. */
  Learned judgeBalances(List<Balance> guesses) {
    return learned(guesses.stream().map(this::group).toList());
  }

  private static Learned learned(List<BitSet> guesses) {
    Set<BitSet> groups = new HashSet<>();
    int right = 0;
    for (BitSet group : guesses) {
      int persons = group.cardinality();
      if (persons > 0 && persons < World.K) {
        right++;
        groups.add(group);
      }
    }
    return new Learned(
        groups.size(),
        groups.size() == 1 ? "group" : "groups",
        String.format(Locale.ROOT, "%,d of %,d guesses right", right, guesses.size()));
  }

  private BitSet group(Guess guess) {
    if (guess.plus().size() == 1 && guess.minus().size() == 1 && !guess.sums()) {
      BitSet apart = (BitSet) history.persons(guess.plus().get(0)).clone();
      apart.xor(history.persons(guess.minus().get(0)));
      return apart;
    }
    Map<Element, Integer> more = new HashMap<>();
    tally(guess.plus(), guess.sums(), 1, more);
    tally(guess.minus(), guess.sums(), -1, more);
    BitSet group = new BitSet();
    more.forEach(
        (element, times) -> {
          if (times != 0) {
            group.set(element.person());
          }
        });
    return group;
  }

  private BitSet group(Balance guess) {
    Map<Integer, BigDecimal> left = new HashMap<>();
    guess.plus().forEach(item -> add(item, BigDecimal.ONE, left));
    guess.minus().forEach(item -> add(item, BigDecimal.ONE.negate(), left));
    BitSet group = new BitSet();
    left.forEach(
        (person, amount) -> {
          if (amount.signum() != 0) {
            group.set(person);
          }
        });
    return group;
  }

  private void add(Balance.Item item, BigDecimal sign, Map<Integer, BigDecimal> left) {
    if (item.sum().isEmpty()) {
      history.counted(item.row()).forEach(one -> left.merge(one.person(), sign, BigDecimal::add));
    } else {
      history
          .summed(item.row(), item.sum())
          .forEach(one -> left.merge(one.person(), sign.multiply(one.share()), BigDecimal::add));
    }
  }

  private void tally(List<Figure> rows, boolean sums, int weight, Map<Element, Integer> more) {
    for (Figure row : rows) {
      Set<Element> behind =
          sums ? history.summed(row, PlainNights.SPEND.name()) : history.counted(row);
      behind.forEach(element -> more.merge(element, weight, Integer::sum));
    }
  }
}
