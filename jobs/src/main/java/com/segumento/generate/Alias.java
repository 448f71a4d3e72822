package com.segumento.generate;

import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.spark.sql.Column;

/**
 * Picks one of n things by weight in constant time: slot {@code floor(u n)} keeps its own thing
 * below its threshold and gives its alias above.
 *
 * @see <a href="https://doi.org/10.1145/355744.355749">Walker, An efficient method for generating
 *     discrete random variables with general distributions (1977)</a>
 */
final class Alias {
  private final double[] threshold;
  private final int[] other;

  Alias(double[] weights) {
    int n = weights.length;
    double total = Arrays.stream(weights).sum();
    double[] scaled = Arrays.stream(weights).map(weight -> weight * n / total).toArray();
    threshold = new double[n];
    other = new int[n];
    Arrays.fill(threshold, 1);
    Arrays.setAll(other, i -> i);
    Deque<Integer> small = new ArrayDeque<>();
    Deque<Integer> large = new ArrayDeque<>();
    for (int i = 0; i < n; i++) {
      (scaled[i] < 1 ? small : large).add(i);
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int lacking = small.remove();
      int giving = large.remove();
      threshold[lacking] = scaled[lacking];
      other[lacking] = giving;
      scaled[giving] -= 1 - scaled[lacking];
      (scaled[giving] < 1 ? small : large).add(giving);
    }
  }

  int size() {
    return threshold.length;
  }

  double threshold(int slot) {
    return threshold[slot];
  }

  int other(int slot) {
    return other[slot];
  }

  /** The slot of a uniform number. */
  Column slot(Column uniform) {
    return floor(uniform.multiply(size())).cast("int");
  }

  /** How far into its slot a uniform number lies, of [0, 1). */
  Column within(Column uniform) {
    return uniform.multiply(size()).minus(slot(uniform));
  }

  /** The index picked by a uniform number; meant for some hundred weights, which the plan holds. */
  Column pick(Column uniform) {
    Column slot = slot(uniform);
    return when(within(uniform).lt(lit(threshold).getItem(slot)), slot)
        .otherwise(lit(other).getItem(slot));
  }
}
