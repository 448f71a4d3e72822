package com.segumento.privacy.lattice;

/**
 * The share of its hierarchy's height a cell of the table was generalized by, averaged; a
 * suppressed cell counts as wholly generalized.
 *
 * @param monotonic leaves suppression out
 * @see <a href="https://doi.org/10.1142/S021848850200165X">Sweeney, Achieving k-anonymity privacy
 *     protection using generalization and suppression (2002)</a>
 */
public record Precision(boolean monotonic) implements Metric {

  @Override
  public Measure on(Groups groups, Hierarchy[] hierarchies) {
    double total = groups.total();
    return new Measure() {
      @Override
      public double[] loss(Node node) {
        return of(node.levels(), monotonic ? 0 : node.suppressed());
      }

      @Override
      public LowerBound bound(Marginals suppressed) {
        long rows = monotonic || suppressed == null ? 0 : suppressed.rows();
        return levels -> of(levels, rows);
      }

      private double[] of(int[] levels, long suppressed) {
        double sum = 0;
        for (int d = 0; d < levels.length; d++) {
          double level =
              hierarchies[d].height() == 0 ? 0 : levels[d] / (double) hierarchies[d].height();
          sum += ((total - suppressed) * level + suppressed) / total;
        }
        return new double[] {sum / levels.length};
      }
    };
  }
}
