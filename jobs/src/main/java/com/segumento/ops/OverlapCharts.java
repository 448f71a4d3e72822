package com.segumento.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the segments of a client have in common, as heat maps. */
final class OverlapCharts {
  private static final String NOTE =
      "Persons in common are to the nearest number that may be stated; pairs that would tell of too"
          + " few persons are left out.";

  private OverlapCharts() {}

  /** Overlap and lift of the segments of {@code report}; none where it has no overlaps. */
  static List<Chart> of(StageReport report) {
    Map<String, Double> overlaps = report.breakdowns().get("overlap");
    Map<String, Double> sizes = report.breakdowns().get("persons_by_segment");
    if (overlaps == null || sizes == null) {
      return List.of();
    }
    Map<String, Map<String, Double>> both = new LinkedHashMap<>();
    overlaps.forEach(
        (pair, persons) -> {
          String[] segments = pair.split(": ", 2);
          put(both, segments[0], segments[1], persons);
          put(both, segments[1], segments[0], persons);
        });
    List<Chart> charts = new ArrayList<>();
    charts.add(
        Chart.heat(
            "Overlap of segments",
            "Share of the persons of a row's segment who are in the column's too. " + NOTE,
            "Segment",
            "%",
            names(both),
            names(both),
            (row, column) -> share(both, sizes, row, column)));
    Long persons = report.counts().get("persons");
    if (persons != null) {
      charts.add(
          Chart.heat(
              "Lift of segments",
              "How many times as often persons are in both as if the two had nothing to do with each"
                  + " other. "
                  + NOTE,
              "Segment",
              "times",
              names(both),
              names(both),
              (row, column) -> lift(both, sizes, row, column, persons)));
    }
    return charts;
  }

  private static void put(
      Map<String, Map<String, Double>> both, String first, String second, double persons) {
    both.computeIfAbsent(first, key -> new LinkedHashMap<>()).put(second, persons);
  }

  private static List<String> names(Map<String, Map<String, Double>> both) {
    return List.copyOf(new TreeSet<>(both.keySet()));
  }

  private static Double share(
      Map<String, Map<String, Double>> both, Map<String, Double> sizes, String row, String column) {
    Double persons = both.get(row).get(column);
    return persons == null ? null : 100 * persons / sizes.get(row);
  }

  private static Double lift(
      Map<String, Map<String, Double>> both,
      Map<String, Double> sizes,
      String row,
      String column,
      long all) {
    Double persons = both.get(row).get(column);
    return persons == null ? null : persons * all / (sizes.get(row) * sizes.get(column));
  }
}
