package com.segumento.privacy.engine;

import java.util.Arrays;
import java.util.List;

/**
 * Whether all persons but 1 to k-1 have the same to one, of a number of persons and a sum: whoever
 * subtracts that much for each person from the sum would learn what these few add.
 *
 * <p>An amount that is not among those of the first k persons is not that of all but fewer than k.
 */
final class AlikeShares {
  private static final int FEW = 4;

  private final int k;
  private long[] amounts = {};
  private int[] alike = {};
  private int number;
  private long persons;
  private int most;

  AlikeShares(int k) {
    this.k = k;
  }

  /**
   * A person.
   *
   * @param counts how often it counts among the persons: 1, 0 or, where it has left, -1
   * @param adds what it adds to the sum, or to what that has grown by
   */
  void add(long counts, long adds) {
    if (counts == 0 && adds == 0) {
      return;
    }
    persons++;
    long amount = counts * adds;
    if (amount == 0) {
      return;
    }
    int at = Arrays.binarySearch(amounts, 0, number, amount);
    if (at < 0 && persons <= k) {
      at = -at - 1;
      insert(at, amount);
    }
    if (at >= 0) {
      alike[at]++;
      most = Math.max(most, alike[at]);
    }
  }

  private void insert(int at, long amount) {
    if (number == amounts.length) {
      amounts = Arrays.copyOf(amounts, Math.max(FEW, 2 * number));
      alike = Arrays.copyOf(alike, amounts.length);
    }
    System.arraycopy(amounts, at, amounts, at + 1, number - at);
    System.arraycopy(alike, at, alike, at + 1, number - at);
    amounts[at] = amount;
    alike[at] = 0;
    number++;
  }

  /** Whether there are persons, and not k of them. */
  boolean few() {
    return persons > 0 && persons < k;
  }

  /** Whether at least k are not as most are, whoever comes. */
  boolean many() {
    return persons - most >= k;
  }

  /**
   * Whether all but few are alike: in an amount that at least k have, or in one of these.
   *
   * @param bounds the most and the least that anybody can add
   */
  boolean tells(List<Long> bounds) {
    for (int i = 0; i < number; i++) {
      long others = persons - alike[i];
      if (others > 0 && others < k && (alike[i] >= k || bounds.contains(amounts[i]))) {
        return true;
      }
    }
    return false;
  }
}
