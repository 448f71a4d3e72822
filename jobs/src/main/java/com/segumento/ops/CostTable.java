package com.segumento.ops;

import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What protection cost each export of cells. Made of the breakdowns {@code cells_by_export} and
 * {@code cost_by_export}, labelled {@code export: figure}.
 */
final class CostTable {
  static final String WAITING = "cells waiting";
  static final String ERROR = "mean error of persons";
  static final String REPRESENTED = "percent of members represented";

  /** Figures in the order of their columns, and what the columns are called. */
  private static final Map<String, String> COLUMNS = columns();

  private static final String CAPTION =
      "<p>Cells, and how far they are from tonight's tables. A waiting cell is published with an"
          + " older set of persons, because fewer than k came or left, or because its change would"
          + " tell of few beside other figures. On most nights most cells wait; that is normal while"
          + " the mean error is below k: what waits on its own is, as a rule, fewer than k persons"
          + " off. The longest wait is since the set of one of them changed last. The error is of"
          + " numbers of persons, a row; represented is who some row is about. Persons are to the"
          + " nearest k.</p>";

  private CostTable() {}

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("published", "Published");
    columns.put("rolled up", "Rolled up");
    columns.put("withheld", "Withheld");
    columns.put(WAITING, "Waiting");
    columns.put("sums waiting", "Sums waiting");
    columns.put("longest wait in days", "Longest wait (days)");
    columns.put(ERROR, "Mean error");
    columns.put("largest error of persons", "Largest error (at most)");
    columns.put(REPRESENTED, "Represented (%)");
    return columns;
  }

  /** Writes the table; nothing where no stage reported what it cost. */
  static void of(StringBuilder html, List<RunRecord> stages) {
    Map<String, Map<String, Double>> costs = new LinkedHashMap<>();
    stages.forEach(stage -> costs.putAll(figures(stage.report(), "cost_by_export")));
    if (costs.isEmpty()) {
      return;
    }
    stages.forEach(
        stage ->
            figures(stage.report(), "cells_by_export")
                .forEach(
                    (export, cells) -> costs.computeIfPresent(export, (e, c) -> both(cells, c))));
    html.append("<h3>What protection cost</h3>").append(CAPTION);
    html.append("<div class=\"scroll\"><table><thead><tr><th>Export</th>");
    COLUMNS.values().forEach(of -> html.append("<th class=\"n\">").append(of).append("</th>"));
    html.append("</tr></thead><tbody>\n");
    for (String export : new TreeSet<>(costs.keySet())) {
      html.append("<tr><td>").append(Html.text(export)).append("</td>");
      for (String figure : COLUMNS.keySet()) {
        html.append("<td class=\"n\">").append(Html.figure(costs.get(export).get(figure)));
        html.append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  /** One figure of all exports, by export. */
  static Map<String, Double> figure(StageReport report, String of) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures(report, "cost_by_export")
        .forEach(
            (export, cost) -> {
              if (cost.containsKey(of)) {
                figures.put(export, cost.get(of));
              }
            });
    return figures;
  }

  /**
   * Of the members, each once a segment, the share that some row is about; of several exports the
   * least and the greatest. Nothing where no export of cells reported it.
   */
  static Optional<String> represented(StageReport report) {
    DoubleSummaryStatistics shares =
        figure(report, REPRESENTED).values().stream()
            .mapToDouble(percent -> percent / 100)
            .summaryStatistics();
    if (shares.getCount() == 0) {
      return Optional.empty();
    }
    String least = Html.share(shares.getMin());
    String most = Html.share(shares.getMax());
    return Optional.of(least.equals(most) ? least : least + " to " + most);
  }

  private static Map<String, Map<String, Double>> figures(StageReport report, String name) {
    return Chart.split(report.breakdowns().getOrDefault(name, Map.of()));
  }

  private static Map<String, Double> both(Map<String, Double> some, Map<String, Double> others) {
    Map<String, Double> both = new LinkedHashMap<>(some);
    both.putAll(others);
    return both;
  }
}
