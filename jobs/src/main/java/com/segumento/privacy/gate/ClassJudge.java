package com.segumento.privacy.gate;

import com.segumento.config.Export;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges the sensitive values of one class by the definitions of its models. Missing values are one
 * value, the empty one, where shares are compared, and none where distinct values are counted.
 */
final class ClassJudge {
  /** By so much a real number may be off through rounding. */
  private static final double ROUNDING = 1e-9;

  private ClassJudge() {}

  /**
   * How diverse classes have to be; one of three models.
   *
   * @param distinct values at least; 0 where another model is meant
   * @param entropy of so many equally frequent values at least; 0 where another model is meant
   * @param c the most frequent value is less than so many times as frequent as
   * @param l the l-th and all rarer ones together
   */
  record Diverse(int distinct, double entropy, double c, int l) implements Serializable {

    static Diverse of(Export.Diversity model) {
      Export.Diversity.Recursive recursive = model.recursive();
      return new Diverse(
          model.distinct() == null ? 0 : model.distinct(),
          model.entropy() == null ? 0 : model.entropy(),
          recursive == null ? 0 : recursive.c(),
          recursive == null ? 0 : recursive.l());
    }

    /** Whether a class is, given its persons by value. */
    boolean holds(Map<String, Long> counts) {
      if (distinct > 0) {
        return counts.keySet().stream().filter(value -> !value.isEmpty()).count() >= distinct;
      }
      return entropy > 0 ? entropy(counts.values()) : recursive(counts.values());
    }

    private boolean entropy(Collection<Long> counts) {
      double all = counts.stream().mapToLong(Long::longValue).sum();
      double found = 0;
      for (long count : counts) {
        double share = count / all;
        found -= share * Math.log(share);
      }
      return found >= Math.log(entropy) - ROUNDING;
    }

    private boolean recursive(Collection<Long> counts) {
      List<Long> descending = counts.stream().sorted(Comparator.reverseOrder()).toList();
      double rest = descending.stream().skip(l - 1L).mapToLong(Long::longValue).sum();
      return descending.size() >= l && descending.get(0) < c * rest;
    }
  }

  /**
   * The whole table, that classes have to be close to.
   *
   * @param most distance that is close
   * @param shares of the table's persons by value; in their order, where distances go by that
   * @param distance how far apart values are
   * @param above by value the labels above it, from level 1 to the one label of the top; nothing
   *     where distances do not go by that
   */
  record Whole(
      double most,
      LinkedHashMap<String, Double> shares,
      Export.Closeness.Distance distance,
      Map<String, List<String>> above)
      implements Serializable {

    /** Whether a class is close. */
    boolean close(Map<String, Long> counts) {
      double all = counts.values().stream().mapToLong(Long::longValue).sum();
      LinkedHashMap<String, Double> excess = new LinkedHashMap<>();
      shares.forEach(
          (value, share) -> excess.put(value, counts.getOrDefault(value, 0L) / all - share));
      boolean known = shares.keySet().containsAll(counts.keySet());
      return known && moved(excess) <= most + ROUNDING;
    }

    private double moved(LinkedHashMap<String, Double> excess) {
      return switch (distance) {
        case EQUAL -> excess.values().stream().mapToDouble(Math::abs).sum() / 2;
        case ORDERED -> ordered(excess.values());
        case HIERARCHICAL -> tree(excess);
      };
    }

    private static double ordered(Collection<Double> excess) {
      double carried = 0;
      double work = 0;
      for (double one : excess) {
        carried += one;
        work += Math.abs(carried);
      }
      return excess.size() < 2 ? 0 : work / (excess.size() - 1);
    }

    /** What crosses each edge of the tree, which is half a level long. */
    private double tree(Map<String, Double> excess) {
      int height = above.values().iterator().next().size();
      double work = excess.values().stream().mapToDouble(Math::abs).sum();
      for (int level = 1; level < height; level++) {
        Map<String, Double> byLabel = new LinkedHashMap<>();
        for (Map.Entry<String, Double> one : excess.entrySet()) {
          byLabel.merge(above.get(one.getKey()).get(level - 1), one.getValue(), Double::sum);
        }
        work += byLabel.values().stream().mapToDouble(Math::abs).sum();
      }
      return work / (2 * height);
    }
  }
}
