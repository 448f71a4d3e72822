package com.segumento.privacy.anonymize;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
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
  private static final CodeOf CODES = (row, c) -> row.isNullAt(c) ? NONE : row.getInt(c);

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
        .mapPartitions(partition -> List.of(pack(partition, columns, CODES)).iterator())
        .collect();
  }

  /**
   * The same of rows whose columns are texts, made codes of on the way.
   *
   * @param dictionaries by column, the code of each text
   */
  static List<Packed> encoded(Dataset<Row> rows, List<Map<String, Integer>> dictionaries) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    Broadcast<List<Map<String, Integer>>> known = context.broadcast(dictionaries);
    try {
      return rows.toJavaRDD()
          .mapPartitions(
              partition -> {
                List<Map<String, Integer>> codes = known.value();
                CodeOf code = (row, c) -> codes.get(c).getOrDefault(row.getString(c), NONE);
                return List.of(pack(partition, codes.size(), code)).iterator();
              })
          .collect();
    } finally {
      known.destroy();
    }
  }

  /** The whole number in a column of a row. */
  private interface CodeOf {
    int of(Row row, int column);
  }

  private static Packed pack(Iterator<Row> rows, int columns, CodeOf code) {
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
        codes[c][size] = code.of(row, c);
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
}
