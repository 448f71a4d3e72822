package com.segumento.privacy.lattice;

/**
 * Rows of the table over its classes, the suppressed rows being one class together.
 *
 * @see <a href="https://doi.org/10.1109/ICDE.2006.101">LeFevre, DeWitt and Ramakrishnan, Mondrian
 *     multidimensional k-anonymity (2006)</a>
 */
public record AverageClassSize() implements Metric {

  @Override
  public Measure on(Groups groups, Hierarchy[] hierarchies) {
    double total = groups.total();
    return new Measure() {
      @Override
      public double[] loss(Node node) {
        return new double[] {total / (node.keptClasses() + (node.suppressed() > 0 ? 1 : 0))};
      }

      @Override
      public LowerBound bound(Marginals suppressed) {
        return levels -> new double[] {1};
      }

      @Override
      public double[] boundAbove(Classes classes) {
        // Coarser nodes have no more classes, and with suppression one of them is not counted.
        return new double[] {total / classes.size()};
      }
    };
  }
}
