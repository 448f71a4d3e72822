package com.segumento.privacy.lattice;

/**
 * How many rows a row cannot be told from, summed over the rows: the squares of the class sizes; a
 * suppressed row cannot be told from any.
 *
 * @param monotonic counts suppressed classes as if they were kept
 * @see <a href="https://doi.org/10.1109/ICDE.2005.42">Bayardo and Agrawal, Data privacy through
 *     optimal k-anonymization (2005)</a>
 */
public record Discernibility(boolean monotonic) implements Metric {

  @Override
  public Measure on(Groups groups, Hierarchy[] hierarchies) {
    double total = groups.total();
    return new Measure() {
      @Override
      public double[] loss(Node node) {
        return new double[] {
          monotonic ? node.classes().squares() : node.keptSquares() + total * node.suppressed()
        };
      }

      @Override
      public LowerBound bound(Marginals suppressed) {
        double least = !monotonic && suppressed != null ? total * suppressed.rows() : 0;
        return levels -> new double[] {least};
      }

      @Override
      public double[] boundAbove(Classes classes) {
        return new double[] {classes.squares()}; // a suppressed class costs more than its square
      }
    };
  }
}
