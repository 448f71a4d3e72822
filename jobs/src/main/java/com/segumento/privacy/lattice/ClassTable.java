package com.segumento.privacy.lattice;

/**
 * The equivalence classes of a node.
 *
 * @param labels by quasi-identifier, then by class: the code of the label at the node's level
 * @param rows rows by class
 * @param kept by class, whether every model holds; others are suppressed
 */
@SuppressWarnings("ArrayRecordComponent") // there may be as many classes as groups
public record ClassTable(int[][] labels, long[] rows, boolean[] kept) {

  static ClassTable of(Node node, Hierarchy[] hierarchies) {
    int[][] labels = new int[hierarchies.length][node.classes().size()];
    for (int d = 0; d < labels.length; d++) {
      for (int c = 0; c < labels[d].length; c++) {
        int code = node.groups().codes()[d][node.classes().representative()[c]];
        labels[d][c] = hierarchies[d].generalize(code, node.levels()[d]);
      }
    }
    return new ClassTable(labels, node.classes().rows(), node.kept());
  }

  /** How many classes there are. */
  public int size() {
    return rows.length;
  }
}
