package com.segumento.enrich;

import com.segumento.config.Client.Enrichment.DistrictData;
import com.segumento.config.Client.Enrichment.Location;
import com.segumento.config.Client.PlaceKey;
import com.segumento.ops.StageReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Counts persons by how their location fared, while the profiles are written.
 *
 * @param places the location reference's name
 * @param demographics the demographics reference's name, where it is joined too
 */
record MatchFigures(PlaceKey key, String places, Optional<String> demographics) {
  private static final String BREAKDOWN = "match_by_reference";

  static MatchFigures of(Contracted contracted, Location location) {
    return new MatchFigures(
        location.by(),
        location.reference(),
        contracted.demographics().map(DistrictData::reference));
  }

  /** Has {@code observation} count the joined rows. */
  Dataset<Row> observe(Dataset<Row> joined, Observation observation) {
    List<Column> counts = new ArrayList<>();
    for (String reason : Match.placeReasons(key)) {
      counts.add(count(Match.place(key), reason).as(label(places, reason)));
    }
    demographics.ifPresent(
        name -> {
          for (String reason : Match.demographicsReasons()) {
            counts.add(count(Match.demographics(), reason).as(label(name, reason)));
          }
        });
    return joined.observe(
        observation,
        functions.count(functions.lit(1)).as(ProfilePlan.PERSONS),
        counts.toArray(Column[]::new));
  }

  private static Column count(Column reason, String wanted) {
    return functions.count_if(reason.equalTo(wanted));
  }

  private static String label(String reference, String reason) {
    return reference + ": " + reason;
  }

  /** Adds what was counted to the report, but no figure of fewer than k persons. */
  void report(StageReport.Builder report, Map<String, Object> counted, long k) {
    report(report, counted, places, Match.placeReasons(key), "place_matched", k);
    demographics.ifPresent(
        name ->
            report(report, counted, name, Match.demographicsReasons(), "demographics_matched", k));
  }

  private static void report(
      StageReport.Builder report,
      Map<String, Object> counted,
      String reference,
      List<String> reasons,
      String matched,
      long k) {
    Map<String, Long> figures = new LinkedHashMap<>();
    for (String reason : reasons) {
      String label = label(reference, reason);
      figures.put(label, ((Number) counted.get(label)).longValue());
    }
    GuardedFigures guarded = GuardedFigures.of(figures, k);
    guarded.stated().forEach((label, persons) -> report.breakdown(BREAKDOWN, label, persons));
    if (guarded.together() > 0) {
      // All that are not stated, whether or not they are anybody's: which of them are is not told.
      String others =
          reasons.stream()
              .filter(reason -> !guarded.stated().containsKey(label(reference, reason)))
              .collect(Collectors.joining(StageReport.OR));
      report.breakdown(BREAKDOWN, label(reference, others), (double) guarded.together());
    }
    report.count(BREAKDOWN + "_below_k", guarded.withheld());
    Long stated = guarded.stated().get(label(reference, Match.MATCHED));
    if (stated != null) {
      report.count(matched, stated);
    }
  }
}
