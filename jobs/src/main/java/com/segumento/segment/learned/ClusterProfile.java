package com.segumento.segment.learned;

import com.segumento.model.Field;
import com.segumento.ops.StageReport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the clusters are like: the share of persons in each, and how far its mean of each feature is
 * from everyone's, in standard deviations.
 *
 * <p>Nothing is said of a cluster of fewer than {@code k} persons, nor of so few others that their
 * rest would be smaller than {@code k}; nor of a feature fewer than {@code k} of a cluster have.
 */
public record ClusterProfile(Clusters clusters, int k) {
  private static final Field NUMBER = Field.required("number", DataTypes.IntegerType);
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  private static final double SHARE_DIGITS = 10;
  private static final double MEAN_DIGITS = 100;

  /** Adds the profile of {@code persons} to a report; one pass over them. */
  public void report(Dataset<Row> persons, StageReport.Builder report) {
    List<Row> rows = byCluster(persons).collectAsList(); // one row a cluster
    Map<Integer, Long> sizes = new TreeMap<>();
    rows.forEach(row -> sizes.put(row.getInt(0), row.getLong(1)));
    Set<Integer> stated = stated(sizes, k);
    double all = sizes.values().stream().mapToLong(Long::longValue).sum();
    for (Row row : rows) {
      if (stated.contains(row.getInt(0))) {
        report(row, all, report);
      }
    }
    report.count("clusters_below_k", sizes.size() - stated.size());
  }

  private void report(Row row, double all, StageReport.Builder report) {
    String label = clusters.name() + " " + row.getInt(0);
    double share = 100 * row.getLong(1) / all;
    report.breakdown("cluster_share", label, Math.rint(share * SHARE_DIGITS) / SHARE_DIGITS);
    List<String> names = clusters.features().names();
    for (int i = 0; i < names.size(); i++) {
      if (row.getLong(2 + 2 * i) >= k) {
        double mean = row.getDouble(3 + 2 * i);
        report.breakdown(
            "cluster_profile",
            label + ": " + names.get(i),
            Math.rint(mean * MEAN_DIGITS) / MEAN_DIGITS);
      }
    }
  }

  Dataset<Row> byCluster(Dataset<Row> persons) {
    int width = clusters.features().names().size();
    Column[] means = new Column[2 * width];
    for (int i = 0; i < width; i++) {
      means[2 * i] = functions.count_if(Features.finite(Features.RAW.col().getItem(i)));
      means[2 * i + 1] = functions.avg(Features.POINT.col().getItem(i));
    }
    return persons
        .select(
            NUMBER.as(clusters.number()),
            Features.RAW.as(clusters.features().raw()),
            Features.POINT.as(Features.point(clusters.scale(), clusters.features().raw())))
        .filter(NUMBER.col().isNotNull())
        .groupBy(NUMBER.col())
        .agg(PERSONS.as(functions.count(functions.lit(1))), means)
        .orderBy(NUMBER.col());
  }

  /**
   * Clusters of at least {@code k} persons, so many that those left out are none or {@code k} too.
   */
  static Set<Integer> stated(Map<Integer, Long> sizes, int k) {
    Set<Integer> stated = new TreeSet<>();
    long hidden = 0;
    for (var entry :
        sizes.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
            .toList()) {
      boolean rest = hidden > 0 && hidden < k;
      if (entry.getValue() < k || rest) {
        hidden += entry.getValue();
      } else {
        stated.add(entry.getKey());
      }
    }
    return stated;
  }
}
