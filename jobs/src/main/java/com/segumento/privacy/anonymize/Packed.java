package com.segumento.privacy.anonymize;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of whole numbers as arrays, made on the executors: a few bytes a row instead of an object
 * with a box for each value.
 *
 * @param codes by column, then by row; -1 for none
 * @param last by row, the last column
 */
@SuppressWarnings("ArrayRecordComponent")
public record Packed(int[][] codes, long[] last) implements Serializable {
  /** No code. */
  public static final int NONE = -1;

  private static final int FIRST = 1 << 10;

  /** How many rows there are. */
  public int size() {
    return last.length;
  }

  /**
   * All rows, by partition.
   *
   * @param columns whole numbers; one long follows them
   */
  public static List<Packed> of(Dataset<Row> rows, int columns) {
    return rows.toJavaRDD()
        .mapPartitions(partition -> List.of(pack(partition, columns)).iterator())
        .collect();
  }

  private static Packed pack(Iterator<Row> rows, int columns) {
    int[][] codes = new int[columns][FIRST];
    long[] last = new long[FIRST];
    int size = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (size == last.length) {
        int larger = (int) Math.min(Integer.MAX_VALUE - 8L, size * 2L);
        last = Arrays.copyOf(last, larger);
        for (int c = 0; c < columns; c++) {
          codes[c] = Arrays.copyOf(codes[c], larger);
        }
      }
      for (int c = 0; c < columns; c++) {
        codes[c][size] = row.isNullAt(c) ? NONE : row.getInt(c);
      }
      last[size++] = row.getLong(columns);
    }
    for (int c = 0; c < columns; c++) {
      codes[c] = Arrays.copyOf(codes[c], size);
    }
    return new Packed(codes, Arrays.copyOf(last, size));
  }

  /** The rows of several, one after the other. */
  public static Packed joined(List<Packed> parts, int columns) {
    int size = Math.toIntExact(parts.stream().mapToLong(Packed::size).sum());
    int[][] codes = new int[columns][size];
    long[] last = new long[size];
    int at = 0;
    for (Packed part : parts) {
      for (int c = 0; c < columns; c++) {
        System.arraycopy(part.codes[c], 0, codes[c], at, part.size());
      }
      System.arraycopy(part.last, 0, last, at, part.size());
      at += part.size();
    }
    return new Packed(codes, last);
  }

  /** Rows of equal codes become one, their last columns summed. */
  Packed summed() {
    Counter counter = new Counter(codes.length);
    int[] row = new int[codes.length];
    for (int at = 0; at < size(); at++) {
      for (int c = 0; c < row.length; c++) {
        row[c] = codes[c][at];
      }
      counter.add(row, last[at]);
    }
    return counter.packed();
  }

  /**
   * Sums of the last column by column and code; in a last place more, those without a code.
   *
   * @param values how many codes each column has
   */
  long[][] rowsByCode(int... values) {
    long[][] sums = new long[values.length][];
    for (int c = 0; c < values.length; c++) {
      sums[c] = new long[values[c] + 1];
      for (int at = 0; at < size(); at++) {
        sums[c][codes[c][at] == NONE ? values[c] : codes[c][at]] += last[at];
      }
    }
    return sums;
  }
}
