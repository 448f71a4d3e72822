package com.segumento.privacy.lattice;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Measures of information loss by their definitions, row by row. */
interface NaiveLoss {
  double of(NaiveTable table, Set<Integer> suppressed, int... levels);

  static NaiveLoss height() {
    return (table, suppressed, levels) -> IntStream.of(levels).sum();
  }

  static NaiveLoss discernibility() {
    return (table, suppressed, levels) -> {
      double sum = (double) suppressed.size() * table.rows().size();
      for (List<Integer> members : table.classes(levels).values()) {
        sum += suppressed.contains(members.get(0)) ? 0 : Math.pow(members.size(), 2);
      }
      return sum;
    };
  }

  static NaiveLoss averageClassSize() {
    return (table, suppressed, levels) -> {
      long kept =
          table.classes(levels).values().stream()
              .filter(members -> !suppressed.contains(members.get(0)))
              .count();
      return table.rows().size() / (double) (kept + (suppressed.isEmpty() ? 0 : 1));
    };
  }

  static NaiveLoss precision() {
    return (table, suppressed, levels) -> {
      double sum = 0;
      for (int d = 0; d < levels.length; d++) {
        int height = table.quasi().get(d).get(0).size() - 1;
        for (int row = 0; row < table.rows().size(); row++) {
          double level = height == 0 ? 0 : levels[d] / (double) height;
          sum += suppressed.contains(row) ? 1 : level;
        }
      }
      return sum / table.rows().size() / levels.length;
    };
  }

  static NaiveLoss entropy() {
    return (table, suppressed, levels) -> {
      List<Integer> all = IntStream.range(0, table.rows().size()).boxed().toList();
      double bits = 0;
      for (int d = 0; d < levels.length; d++) {
        for (int row : all) {
          bits += log2(table.alike(row, d, levels[d], all)) - log2(table.alike(row, d, 0, all));
          if (suppressed.contains(row)) {
            bits += log2(suppressed.size()) - log2(table.alike(row, d, levels[d], suppressed));
          }
        }
      }
      return bits;
    };
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** The loss metric; weights relative to the heaviest. */
  static NaiveLoss shares(List<Double> weights, double balance, boolean geometric) {
    return (table, suppressed, levels) -> {
      double product = 1;
      double sum = 0;
      for (int d = 0; d < levels.length; d++) {
        double loss = weights.get(d) * shares(table, suppressed, d, levels[d], balance);
        product *= Math.pow(1 + loss, 1.0 / levels.length);
        sum += loss / levels.length;
      }
      return geometric ? product - 1 : sum;
    };
  }

  private static double shares(
      NaiveTable table, Set<Integer> suppressed, int d, int level, double balance) {
    double s = Math.min(1, 2 * balance);
    double g = Math.min(1, 2 * (1 - balance));
    double sum = 0;
    for (int row = 0; row < table.rows().size(); row++) {
      double share = table.share(row, d, level);
      sum += suppressed.contains(row) ? share + s * (1 - share) : share * g;
    }
    double rows = table.rows().size();
    double least = g * rows / table.quasi().get(d).size();
    return rows > least ? Math.max(0, (sum - least) / (rows - least)) : 0;
  }
}
