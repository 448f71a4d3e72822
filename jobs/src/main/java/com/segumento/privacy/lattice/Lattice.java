package com.segumento.privacy.lattice;

import com.segumento.model.ConfigException;
import java.util.Arrays;

/**
 * All combinations of levels of the quasi-identifiers; a node is one of them. Nodes have numbers in
 * mixed radix, the last quasi-identifier counting fastest, so that lower numbers are first in
 * lexicographic order of levels.
 */
public final class Lattice {
  private final int[] heights;
  private final long[] strides;
  private final long size;

  public Lattice(int... heights) {
    this.heights = heights.clone();
    this.strides = new long[heights.length];
    long count = 1;
    for (int i = heights.length - 1; i >= 0; i--) {
      strides[i] = count;
      try {
        count = Math.multiplyExact(count, heights[i] + 1L);
      } catch (ArithmeticException e) {
        throw new ConfigException(
            "The generalization lattice has more than 2^63 nodes. Use fewer quasi-identifiers or"
                + " hierarchies with fewer levels.",
            e);
      }
    }
    this.size = count;
  }

  /** How many nodes there are. */
  public long size() {
    return size;
  }

  public int dimensions() {
    return heights.length;
  }

  /** The most general level of a dimension. */
  public int height(int dimension) {
    return heights[dimension];
  }

  /** The most general node. */
  public int[] top() {
    return heights.clone();
  }

  /** The number of a node. */
  public long number(int... levels) {
    long number = 0;
    for (int i = 0; i < levels.length; i++) {
      number += levels[i] * strides[i];
    }
    return number;
  }

  /** The levels of node {@code number}. */
  public int[] levels(long number) {
    int[] levels = new int[heights.length];
    long rest = number;
    for (int i = 0; i < heights.length; i++) {
      levels[i] = (int) (rest / strides[i]);
      rest %= strides[i];
    }
    return levels;
  }

  /** The number of the node one level above {@code number} in {@code dimension}. */
  long above(long number, int dimension) {
    return number + strides[dimension];
  }

  /** Whether {@code fine} is at most as general as {@code coarse} in every dimension. */
  public static boolean below(int[] fine, int[] coarse) {
    for (int i = 0; i < fine.length; i++) {
      if (fine[i] > coarse[i]) {
        return false;
      }
    }
    return true;
  }

  /** The sum of a node's levels. */
  public static int sum(int[] levels) {
    return Arrays.stream(levels).sum();
  }
}
