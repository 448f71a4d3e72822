package com.segumento.segment;

import com.segumento.model.Memberships;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * How many persons a segment has gained, kept and lost since the night before; all are gained on
 * its first.
 */
record Movement(long entered, long stayed, long left) {

  long size() {
    return entered + stayed;
  }

  /** Whether all of it may be stated: what is not told of persons follows from the rest. */
  boolean mayBeStated(int k) {
    return LongStream.of(entered, stayed, left).allMatch(persons -> persons == 0 || persons >= k);
  }

  /**
   * The movement of each code, in their order.
   *
   * @param tonight memberships of one date
   * @param before those of the night before
   */
  static List<Movement> of(
      List<Integer> codes, Dataset<Row> tonight, LocalDate date, Optional<Dataset<Row>> before) {
    int places = codes.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    int day = Math.toIntExact(date.toEpochDay());
    long[] now = count(tonight, places, day);
    long[] earlier =
        before.map(rows -> count(rows, places, day)).orElseGet(() -> new long[2 * places]);
    List<Movement> movements = new ArrayList<>();
    for (int code : codes) {
      long stayed = now[code] - now[places + code];
      movements.add(new Movement(now[places + code], stayed, earlier[code] - stayed));
    }
    return movements;
  }

  /**
   * Members of each code below {@code places}, then those of them that entered on {@code day}. Each
   * partition counts into one array of its own: a row a membership would have to be made first for
   * Spark to count it.
   */
  private static long[] count(Dataset<Row> memberships, int places, int day) {
    Column[] columns = {Memberships.SEGMENTS.col(), Memberships.SINCE.col()};
    return ((org.apache.spark.sql.classic.Dataset<Row>) memberships.select(columns))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(rows -> List.of(count(rows, places, day)).iterator())
        .fold(new long[2 * places], Movement::sum);
  }

  // One row a person and one code a segment, so codes are distinct persons here.
  private static long[] count(Iterator<InternalRow> rows, int places, int day) {
    long[] counts = new long[2 * places];
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      int[] codes = row.getArray(0).toIntArray();
      int[] since = row.getArray(1).toIntArray();
      for (int i = 0; i < codes.length; i++) {
        if (codes[i] < places) {
          counts[codes[i]]++;
          counts[places + codes[i]] += since[i] == day ? 1 : 0;
        }
      }
    }
    return counts;
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }
}
