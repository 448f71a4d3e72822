package com.segumento.segment.overlap;

import com.segumento.ops.StageReport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

  private static final String BREAKDOWN = "overlap";

  /**
   * Adds the overlaps to a report: one pass over the members, and none where there are no two
   * segments to compare.
   *
   * @param members one row a person
   * @param ids over a row, the segments the person is in: an array of text, each once
   * @param sizes members by segment
   */
  public void report(
      Dataset<Row> members, Column ids, Map<String, Long> sizes, StageReport.Builder report) {
    List<String> segments = largest(sizes);
    if (segments.size() < 2 || persons < k) {
      return;
    }
    Map<List<Integer>, Long> counts =
        CountPairs.collect(new CountPairs(segments).apply(members.select(CountPairs.IDS.as(ids))));
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
    report.count("segments_not_compared", Math.max(0, eligible(sizes) - LARGEST));
  }

  List<String> largest(Map<String, Long> sizes) {
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
