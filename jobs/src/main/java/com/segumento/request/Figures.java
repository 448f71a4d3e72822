package com.segumento.request;

import static com.segumento.model.Field.required;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import com.segumento.contract.Delivered;
import com.segumento.model.Field;
import com.segumento.model.Quarantine;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the rows of requests come to; grows with the number of files.
 *
 * @param rows by request and encoded URI of the file
 * @param persons distinct ones of good rows, by request
 * @param reasons rows that are not carried out, by request and reason
 */
record Figures(
    Map<String, Map<String, Long>> rows,
    Map<String, Long> persons,
    Map<String, Map<String, Long>> reasons) {
  /** Of no rows. */
  static final Figures NONE = new Figures(Map.of(), Map.of(), Map.of());

  private static final Field COUNT = required("count", DataTypes.LongType);
  private static final Field REASON = required("reason", DataTypes.StringType);

  /**
   * Counts judged rows.
   *
   * @param judged read several times
   */
  static Figures of(Dataset<Row> judged) {
    Map<String, Map<String, Long>> rows = new HashMap<>();
    judged
        .groupBy(TokenFiles.REQUEST.col(), Delivered.FILE_URI.col())
        .agg(COUNT.as(count(lit(1))))
        .collectAsList()
        .forEach(
            row ->
                rows.computeIfAbsent(row.getString(0), none -> new HashMap<>())
                    .put(row.getString(1), row.getLong(2)));
    Map<String, Long> persons = new HashMap<>();
    judged
        .groupBy(TokenFiles.REQUEST.col())
        .agg(
            COUNT.as(
                count_distinct(
                    when(size(Quarantine.REASONS.col()).equalTo(0), Quarantine.PERSON_KEY.col()))))
        .collectAsList()
        .forEach(row -> persons.put(row.getString(0), row.getLong(1)));
    Map<String, Map<String, Long>> reasons = new HashMap<>();
    judged
        .select(TokenFiles.REQUEST.col(), REASON.as(explode(Quarantine.REASONS.col())))
        .groupBy(TokenFiles.REQUEST.col(), REASON.col())
        .agg(COUNT.as(count(lit(1))))
        .collectAsList()
        .forEach(
            row ->
                reasons
                    .computeIfAbsent(row.getString(0), none -> new TreeMap<>())
                    .put(row.getString(1), row.getLong(2)));
    return new Figures(rows, persons, reasons);
  }

  long rows(String request, String uri) {
    return rows.getOrDefault(request, Map.of()).getOrDefault(Delivered.fileUri(uri), 0L);
  }

  long persons(String request) {
    return persons.getOrDefault(request, 0L);
  }

  /** What the ledger says of rows that are not carried out. */
  Map<String, String> refused(String request) {
    Map<String, String> told = new TreeMap<>();
    reasons
        .getOrDefault(request, Map.of())
        .forEach((reason, rows) -> told.put("rows_refused." + reason, Long.toString(rows)));
    return told;
  }
}
