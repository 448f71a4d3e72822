package com.segumento.privacy.questions;

import java.util.random.RandomGenerator;

/**
 * What is left to chance of an answer, drawn anew for each set that is asked for. A rule that is a
 * function of sets alone changes somewhere between two sets one person apart; whoever can name
 * persons finds that place, puts somebody there of whom he wants to know something, and reads it
 * from what he hears. Where the place is drawn for each question, it is of no use to have found it.
 */
@FunctionalInterface
public interface Margins {
  /**
   * What was drawn.
   *
   * @param alike sets that are nearer are told of alike; k at least
   * @param apart and only if no set that is nearer than this was told of otherwise
   * @param less how many persons a new figure is short of the true one, before it is rounded
   */
  record Draw(long alike, long apart, long less) {}

  Draw draw(int k);

  /** No chance: what is nearer than k is near, and figures are rounded and no more. */
  Margins NONE = k -> new Draw(k, k, 0);

  /**
   * Draws {@code alike} between k and 3k, {@code apart} between 3k and 5k, so that no set is told
   * of like one of two that it is about as near to, and {@code less} below 2k; each is the sum of
   * three even draws, like a bell of standard deviation k/3.
   *
   * @param random has to be one nobody can foresee
   */
  static Margins of(RandomGenerator random) {
    return k -> new Draw(k + bell(random, k), 3L * k + bell(random, k), bell(random, k));
  }

  /** The most that {@code less} can be. */
  static int most(int k) {
    return 3 * part(k);
  }

  /** Sets at this distance and beyond make no difference to each other's answers. */
  static int reach(int k) {
    return Math.multiplyExact(5, k);
  }

  /** How likely each draw is, from none to {@link #most}. */
  static double[] chances(int k) {
    double[] chances = {1};
    for (int i = 0; i < 3; i++) {
      double[] sum = new double[chances.length + part(k)];
      for (int at = 0; at < chances.length; at++) {
        for (int more = 0; more <= part(k); more++) {
          sum[at + more] += chances[at] / (part(k) + 1);
        }
      }
      chances = sum;
    }
    return chances;
  }

  private static int bell(RandomGenerator random, int k) {
    int bound = part(k) + 1;
    return random.nextInt(bound) + random.nextInt(bound) + random.nextInt(bound);
  }

  private static int part(int k) {
    return (2 * k - 1) / 3;
  }
}
