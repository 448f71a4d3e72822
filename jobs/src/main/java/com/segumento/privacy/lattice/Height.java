package com.segumento.privacy.lattice;

/**
 * The sum of a node's levels.
 *
 * @see <a href="https://doi.org/10.1109/69.971193">Samarati, Protecting respondents' identities
 *     (2001)</a>
 */
public record Height() implements Metric {

  @Override
  public Measure on(Groups groups, Hierarchy[] hierarchies) {
    return new Measure() {
      @Override
      public double[] loss(Node node) {
        return new double[] {Lattice.sum(node.levels())};
      }

      @Override
      public LowerBound bound(Marginals suppressed) {
        return levels -> new double[] {Lattice.sum(levels)};
      }
    };
  }
}
