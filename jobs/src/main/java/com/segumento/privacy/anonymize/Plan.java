package com.segumento.privacy.anonymize;

import com.segumento.privacy.lattice.ClassTable;
import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Solution;
import java.util.List;

/**
 * A transformation that was found: to what level each quasi-identifier is generalized, and which of
 * the classes that makes are suppressed.
 *
 * @param quasi hierarchies of the quasi-identifiers, in the order of the table
 * @param solution the node of the lattice
 * @param classes all equivalence classes at the node
 */
public record Plan(List<Hierarchy> quasi, Solution solution, ClassTable classes) {
  public Plan {
    quasi = List.copyOf(quasi);
  }

  /** The level of the {@code d}-th quasi-identifier. */
  int level(int d) {
    return solution.levels()[d];
  }

  /** Whether any row is suppressed. */
  boolean suppresses() {
    return solution.suppressed() > 0;
  }
}
