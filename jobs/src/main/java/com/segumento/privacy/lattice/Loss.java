package com.segumento.privacy.lattice;

import com.segumento.model.ConfigException;
import java.util.Arrays;
import java.util.Map;

/**
 * The share of an attribute's domain that a released label covers, averaged over the rows; 0 where
 * every value is exact, 1 where all is suppressed. Attributes are put together by their geometric
 * mean. It agrees with the metric of this name in ARX, but for that one's cutting off of each
 * attribute's loss after ten decimals, which would make different losses of equal ones.
 *
 * @param weights by attribute, relative to the heaviest; 1 where not given
 * @param balance 0 to 1: below a half, suppression counts less than generalization, above it more
 * @param aggregate how the losses of the attributes become one
 * @see <a href="https://doi.org/10.1145/775047.775089">Iyengar, Transforming data to satisfy
 *     privacy constraints (2002)</a>
 */
public record Loss(Map<String, Double> weights, double balance, Aggregate aggregate)
    implements Metric {
  /** Suppression and generalization count alike. */
  public static final double EVEN = 0.5;

  public Loss {
    weights = Map.copyOf(weights);
    if (!(balance >= 0 && balance <= 1)) {
      throw ConfigException.invalid("utility.balance", balance, "a number from 0 to 1");
    }
  }

  /** Equal weights, suppression and generalization alike. */
  public Loss() {
    this(Map.of(), EVEN, Aggregate.GEOMETRIC_MEAN);
  }

  @Override
  public Measure on(Groups groups, Hierarchy[] hierarchies) {
    double[] byAttribute =
        Arrays.stream(hierarchies)
            .mapToDouble(h -> weights.getOrDefault(h.attribute(), 1.0))
            .toArray();
    double heaviest = Arrays.stream(byAttribute).max().orElse(1);
    for (int d = 0; d < byAttribute.length; d++) {
      byAttribute[d] /= heaviest;
    }
    return new OfTable(
        Marginals.of(groups, hierarchies),
        byAttribute,
        Math.min(1, 2 * balance),
        Math.min(1, 2 * (1 - balance)),
        aggregate);
  }

  /** The metric as a sum over kept and over suppressed rows. */
  @SuppressWarnings("ArrayRecordComponent")
  private record OfTable(
      Marginals all,
      double[] weights,
      double suppression,
      double generalization,
      Aggregate aggregate)
      implements Measure {

    @Override
    public double[] loss(Node node) {
      long[] lost = new long[all.dimensions()]; // values that the labels of suppressed rows cover
      for (int c = 0; c < node.kept().length; c++) {
        if (!node.kept()[c]) {
          int group = node.classes().representative()[c];
          long rows = node.classes().rows()[c];
          for (int d = 0; d < lost.length; d++) {
            int code = node.groups().codes()[d][group];
            lost[d] += rows * all.hierarchy(d).size(code, node.levels()[d]);
          }
        }
      }
      double[] parts = new double[lost.length];
      for (int d = 0; d < parts.length; d++) {
        parts[d] = part(d, all.sizes(d, node.levels()[d]), lost[d], node.suppressed());
      }
      return aggregate.of(parts);
    }

    @Override
    public LowerBound bound(Marginals suppressed) {
      double[][] known = new double[all.dimensions()][];
      for (int d = 0; d < known.length; d++) {
        known[d] = new double[all.hierarchy(d).height() + 1];
        Arrays.fill(known[d], Double.NaN);
      }
      long rows = suppressed == null ? 0 : suppressed.rows();
      return levels -> {
        double[] parts = new double[levels.length];
        for (int d = 0; d < levels.length; d++) {
          int level = levels[d];
          if (Double.isNaN(known[d][level])) {
            long lost = suppressed == null ? 0 : suppressed.sizes(d, level);
            known[d][level] = part(d, all.sizes(d, level), lost, rows);
          }
          parts[d] = known[d][level];
        }
        return aggregate.of(parts);
      };
    }

    /**
     * What an attribute adds to the loss, from exact counts, so that every order of summing gives
     * the same.
     *
     * @param sizes values that the labels of all rows cover
     * @param lost values that those of suppressed rows cover
     */
    private double part(int dimension, long sizes, long lost, long suppressed) {
      double values = all.hierarchy(dimension).values();
      double least = generalization * all.rows() / values;
      double most = all.rows();
      double lostShares = lost / values;
      double sum =
          (sizes - lost) / values * generalization
              + lostShares
              + suppression * (suppressed - lostShares);
      double loss = most > least ? (sum - least) / (most - least) : 0;
      return aggregate.part(Math.max(0, loss) * weights[dimension], all.dimensions());
    }
  }

  /** How the losses of the attributes become one. */
  public enum Aggregate {
    /** The geometric mean of each loss and one, less one. */
    GEOMETRIC_MEAN {
      @Override
      double part(double loss, int attributes) {
        return Math.pow(loss + 1, 1.0 / attributes);
      }

      @Override
      double[] of(double[] parts) {
        double product = 1;
        for (double part : parts) {
          product *= part;
        }
        return new double[] {Math.min(1, product - 1)}; // roots multiplied may be a little above
      }
    },

    ARITHMETIC_MEAN {
      @Override
      double[] of(double[] parts) {
        return new double[] {Arrays.stream(parts).sum() / parts.length};
      }
    },

    /** The worst attribute decides, then the second worst, and so on. */
    RANK {
      @Override
      double[] of(double[] parts) {
        double[] ascending = parts.clone();
        Arrays.sort(ascending);
        double[] descending = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
          descending[i] = ascending[parts.length - 1 - i];
        }
        return descending;
      }
    };

    /** What one of several attributes adds, made ready to be put together. */
    double part(double loss, int attributes) {
      return loss;
    }

    abstract double[] of(double[] parts);
  }
}
