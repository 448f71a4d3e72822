package com.segumento.udf;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.api.java.UDF1;

/**
 * How many cut points of an order lie below a key of it; null for null. The cut points are values
 * of people, so they travel inside the function and not as literals of a plan.
 *
 * @see OrderKey
 */
public final class CutsBelow implements UDF1<byte[], Integer> {
  private static final long serialVersionUID = 1L;

  private final byte[][] cuts;

  /** Counts among {@code cuts}, which are in ascending order; they may repeat. */
  public CutsBelow(List<byte[]> cuts) {
    this.cuts = cuts.toArray(byte[][]::new);
  }

  @Override
  public Integer call(byte[] key) {
    if (key == null) {
      return null;
    }
    int low = 0;
    int high = cuts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(cuts[middle], key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public String toString() {
    return "cuts_below";
  }
}
