package com.segumento.segment.overlap;

import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.ops.StageReport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * How many persons each two segments have in common, for the largest {@link #LARGEST} segments of
 * at least {@code k} persons.
 *
 * <p>Counted exactly. A pair is stated only where the persons in both, in either alone and in
 * neither are each none or at least {@code k}; and then to the nearest {@code k}, but exactly where
 * they are none or one segment holds the other. So nothing below {@code k} is had by subtracting
 * what is stated of other pairs: each such figure is uncertain by {@code k} or more.
 *
 * @param persons all there are
 * @param k at least 1
 */
public record Overlap(long persons, int k) {
  /** The most segments that are compared with each other. */
  public static final int LARGEST = 50;

  /** Codes of the segments a person is in. */
  public static final Field IN =
      Field.required("in", DataTypes.createArrayType(DataTypes.IntegerType, false));

  private static final String BREAKDOWN = "overlap";

  /**
   * Adds the overlaps to a report: one pass over the members, and none where there are no two
   * segments to compare.
   *
   * @param members one row a person
   * @param in over a row, the codes of the segments the person is in: an array, each once
   * @param codes of the segments, by id
   * @param sizes members by segment
   */
  public void report(
      Dataset<Row> members,
      Column in,
      Map<String, Integer> codes,
      Map<String, Long> sizes,
      StageReport.Builder report) {
    List<String> segments = largest(sizes);
    if (segments.size() < 2 || persons < k) {
      return;
    }
    List<Integer> compared = segments.stream().map(codes::get).toList();
    Map<List<Integer>, Long> counts =
        CountPairs.collect(new CountPairs(compared).apply(members.select(CountPairs.CODES.as(in))));
    report(segments, counts, sizes, report);
    report.count("segments_not_compared", Math.max(0, eligible(sizes) - LARGEST));
  }

  private void report(
      List<String> segments,
      Map<List<Integer>, Long> counts,
      Map<String, Long> sizes,
      StageReport.Builder report) {
    long hidden = 0;
    for (int first = 0; first < segments.size(); first++) {
      for (int second = first + 1; second < segments.size(); second++) {
        long both = counts.getOrDefault(List.of(first, second), 0L);
        OptionalLong stated =
            stated(both, sizes.get(segments.get(first)), sizes.get(segments.get(second)));
        if (stated.isPresent()) {
          String label = segments.get(first) + ": " + segments.get(second);
          report.breakdown(BREAKDOWN, label, (double) stated.getAsLong());
        } else {
          hidden++;
        }
      }
    }
    report.count("overlaps_below_k", hidden);
  }

  /**
   * Members by segment to the rows that {@link #report} reads, and {@link #IN} of them.
   *
   * @param members one row per segment and member
   * @param codes of the segments, by id
   */
  public static Dataset<Row> byPerson(Dataset<Row> members, Map<String, Integer> codes) {
    Column[] pairs =
        codes.entrySet().stream()
            .flatMap(
                code -> Stream.of(functions.lit(code.getKey()), functions.lit(code.getValue())))
            .toArray(Column[]::new);
    Column code = functions.element_at(functions.map(pairs), Memberships.SEGMENT_ID.col());
    return members
        .filter(Memberships.SEGMENT_ID.col().isInCollection(codes.keySet()))
        .groupBy(Persons.PERSON_KEY.col())
        .agg(IN.as(functions.collect_list(code)));
  }

  /** The segments that are compared, of all by their sizes. */
  public List<String> largest(Map<String, Long> sizes) {
    return sizes.entrySet().stream()
        .filter(segment -> segment.getValue() >= k)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(LARGEST)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private long eligible(Map<String, Long> sizes) {
    return sizes.values().stream().filter(size -> size >= k).count();
  }

  /** What is said of the persons in both of two segments; nothing where it would tell of few. */
  OptionalLong stated(long both, long first, long second) {
    boolean safe =
        enough(both)
            && enough(first - both)
            && enough(second - both)
            && enough(persons - first - second + both);
    if (!safe) {
      return OptionalLong.empty();
    }
    boolean exact = both == 0 || both == first || both == second;
    return OptionalLong.of(exact ? both : (both + k / 2) / k * k);
  }

  private boolean enough(long number) {
    return number == 0 || number >= k;
  }
}
