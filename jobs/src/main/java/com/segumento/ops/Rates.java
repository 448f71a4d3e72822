package com.segumento.ops;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Figures of a stage's report put in proportion; none where the report does not tell. */
final class Rates {
  private static final String MATCHED = "matched";

  /** What reports of earlier versions say in place of the reasons. */
  private static final String TOGETHER = "several_reasons";

  private Rates() {}

  /** Rows delivered; untold where a drop was refused, since its rows may not have been read. */
  static Map<String, Double> volume(StageReport report) {
    Long rows = report.counts().get("rows_in");
    boolean all = report.counts().getOrDefault("drops_refused", 0L) == 0;
    return rows == null || !all ? Map.of() : Map.of("rows", rows.doubleValue());
  }

  /** Rejected rows as a share of the delivered ones. */
  static Map<String, Double> quarantine(StageReport report) {
    return share(
        "the delivered rows are quarantined",
        report.counts().getOrDefault("rows_quarantined", 0L),
        report.counts().getOrDefault("rows_in", 0L));
  }

  /** Withheld cells as a share of all cells. */
  static Map<String, Double> suppression(StageReport report) {
    long withheld = report.counts().getOrDefault("cells_withheld", 0L);
    return share(
        "the cells are withheld",
        withheld,
        withheld + report.counts().getOrDefault("cells_published", 0L));
  }

  /**
   * Matched persons as a share of all, by reference; untold where they are in one figure with those
   * that did not match, as these are too few to state.
   */
  static Map<String, Double> matches(StageReport report) {
    Map<String, Double> matched = new LinkedHashMap<>();
    Map<String, Double> all = new LinkedHashMap<>();
    Set<String> untold = new HashSet<>();
    report
        .breakdowns()
        .getOrDefault("match_by_reference", Map.of())
        .forEach(
            (label, persons) -> {
              int colon = label.indexOf(": ");
              String reference = colon < 0 ? label : label.substring(0, colon);
              all.merge(reference, persons, Double::sum);
              boolean hit = colon >= 0 && label.substring(colon + 2).equals(MATCHED);
              matched.merge(reference, hit ? persons : 0.0, Double::sum);
              if (label.endsWith(": " + TOGETHER)
                  || label.substring(colon + 1).contains(MATCHED + StageReport.OR)) {
                untold.add(reference);
              }
            });
    matched.entrySet().removeIf(rate -> untold.contains(rate.getKey()) && rate.getValue() == 0);
    matched.replaceAll((reference, persons) -> persons / all.get(reference));
    matched.values().removeIf(rate -> rate.isNaN());
    return matched;
  }

  private static Map<String, Double> share(String of, long part, long whole) {
    return whole == 0 ? Map.of() : Map.of(of, (double) part / whole);
  }
}
