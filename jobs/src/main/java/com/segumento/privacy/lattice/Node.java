package com.segumento.privacy.lattice;

/**
 * A node of the lattice with its classes judged.
 *
 * @param source what its classes were made of
 * @param classes its equivalence classes
 * @param kept by class, whether every model holds
 * @param monotonicallyKept by class, whether the models hold that coarser nodes can only help
 * @param suppressed rows of classes that are not kept
 * @param monotonicallySuppressed rows suppressed here and at every finer node
 */
@SuppressWarnings("ArrayRecordComponent")
record Node(
    int[] levels,
    RollUp source,
    Classes classes,
    boolean[] kept,
    boolean[] monotonicallyKept,
    long suppressed,
    long monotonicallySuppressed) {

  /** What its classes consist of. */
  Groups groups() {
    return source.groups();
  }

  /** How many classes are kept. */
  int keptClasses() {
    int count = 0;
    for (boolean one : kept) {
      count += one ? 1 : 0;
    }
    return count;
  }

  /** Rows of the smallest kept class; 0 where there is none. */
  long smallestClass() {
    long smallest = Long.MAX_VALUE;
    for (int c = 0; c < kept.length; c++) {
      if (kept[c]) {
        smallest = Math.min(smallest, classes.rows()[c]);
      }
    }
    return smallest == Long.MAX_VALUE ? 0 : smallest;
  }

  /** Rows of the largest kept class; 0 where there is none. */
  long largestClass() {
    long largest = 0;
    for (int c = 0; c < kept.length; c++) {
      if (kept[c]) {
        largest = Math.max(largest, classes.rows()[c]);
      }
    }
    return largest;
  }

  /** Sum of the squares of the sizes of the kept classes. */
  double keptSquares() {
    double sum = 0;
    for (int c = 0; c < kept.length; c++) {
      if (kept[c]) {
        double rows = classes.rows()[c];
        sum += rows * rows;
      }
    }
    return sum;
  }
}
