package com.segumento.privacy.lattice;

import java.util.Arrays;

/**
 * Bits lost on which original value is behind a generalized one, given how frequent the values are,
 * summed over rows and attributes.
 *
 * @param monotonic leaves suppression out
 * @see <a href="https://doi.org/10.1007/978-3-540-74839-7_13">Gionis and Tassa, k-anonymization
 *     with minimal loss of information (2007)</a>
 */
public record NonUniformEntropy(boolean monotonic) implements Metric {

  @Override
  public Measure on(Groups groups, Hierarchy[] hierarchies) {
    Marginals all = Marginals.of(groups, hierarchies);
    double[][] bits = new double[hierarchies.length][];
    for (int d = 0; d < hierarchies.length; d++) {
      bits[d] = new double[hierarchies[d].height() + 1];
      Arrays.fill(bits[d], Double.NaN);
    }
    return new OfTable(monotonic, all, bits);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record OfTable(boolean monotonic, Marginals all, double[][] bits) implements Measure {

    @Override
    public double[] loss(Node node) {
      double sum = generalization(node.levels());
      if (!monotonic && node.suppressed() > 0) {
        for (int d = 0; d < node.levels().length; d++) {
          sum += suppression(node, d);
        }
      }
      return new double[] {sum};
    }

    @Override
    public LowerBound bound(Marginals suppressed) {
      return levels -> new double[] {generalization(levels)};
    }

    private double generalization(int[] levels) {
      double sum = 0;
      for (int d = 0; d < levels.length; d++) {
        sum += bits(d, levels[d]);
      }
      return sum;
    }

    private double bits(int dimension, int level) {
      if (Double.isNaN(bits[dimension][level])) {
        long[] labels = all.labels(dimension, level);
        Hierarchy hierarchy = all.hierarchy(dimension);
        double sum = 0;
        for (int code = 0; code < hierarchy.values(); code++) {
          double rows = all.count(dimension, code);
          if (rows > 0) {
            sum += rows * log2(labels[hierarchy.generalize(code, level)] / rows);
          }
        }
        bits[dimension][level] = sum;
      }
      return bits[dimension][level];
    }

    private double suppression(Node node, int dimension) {
      Hierarchy hierarchy = all.hierarchy(dimension);
      int level = node.levels()[dimension];
      long[] lost = new long[hierarchy.labels(level)];
      for (int c = 0; c < node.kept().length; c++) {
        if (!node.kept()[c]) {
          int group = node.classes().representative()[c];
          lost[hierarchy.generalize(node.groups().codes()[dimension][group], level)] +=
              node.classes().rows()[c];
        }
      }
      double sum = 0;
      for (long rows : lost) {
        if (rows > 0) {
          sum += rows * log2(node.suppressed() / (double) rows);
        }
      }
      return sum;
    }

    private static double log2(double x) {
      return Math.log(x) / Math.log(2);
    }
  }
}
