package com.segumento.ops;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why cells of each export are withheld, and wait, and which rows have waited longest. Made of the
 * breakdowns {@code withheld_by_reason}, {@code waiting_by_reason} and {@code
 * sums_waiting_by_reason}, labelled {@code export: reason}, and {@code longest_waits}, labelled
 * {@code export: row: reason}.
 */
final class ReasonTable {
  private static final String PART = ": ";
  private static final List<String> FIGURES =
      List.of("withheld_by_reason", "waiting_by_reason", "sums_waiting_by_reason");

  private static final List<Double> NONE = Collections.nCopies(FIGURES.size(), null);

  private static final String CAPTION =
      "<p>Withheld are cells of too few persons that are in no row of a place above either, and rows"
          + " that are held back for what they would tell beside others.</p>";

  private ReasonTable() {}

  /** Writes the tables; nothing where no stage reported a reason. */
  static void of(StringBuilder html, List<RunRecord> stages) {
    Map<String, List<Double>> reasons = new LinkedHashMap<>();
    for (int i = 0; i < FIGURES.size(); i++) {
      int column = i;
      figures(stages, FIGURES.get(i))
          .forEach(
              (label, cells) ->
                  reasons.computeIfAbsent(label, key -> new ArrayList<>(NONE)).set(column, cells));
    }
    if (!reasons.isEmpty()) {
      html.append("<h3>Why cells are withheld or wait</h3>").append(CAPTION);
      head(html, List.of("Export", "Reason"), List.of("Withheld", "Waiting", "Sums waiting"));
      reasons.forEach(
          (label, cells) -> row(html, List.of(first(label), Chart.words(last(label))), cells));
      html.append("</tbody></table></div>\n");
    }
    Map<String, Double> longest = figures(stages, "longest_waits");
    if (!longest.isEmpty()) {
      html.append("<h3>Rows that have waited longest</h3>");
      head(html, List.of("Export", "Row", "Reason"), List.of("Days"));
      longest.forEach(
          (label, days) ->
              row(
                  html,
                  List.of(first(label), middle(label), Chart.words(last(label))),
                  List.of(days)));
      html.append("</tbody></table></div>\n");
    }
  }

  private static void head(StringBuilder html, List<String> words, List<String> figures) {
    html.append("<div class=\"scroll\"><table><thead><tr>");
    words.forEach(of -> html.append("<th>").append(of).append("</th>"));
    figures.forEach(of -> html.append("<th class=\"n\">").append(of).append("</th>"));
    html.append("</tr></thead><tbody>\n");
  }

  private static void row(StringBuilder html, List<String> words, List<Double> figures) {
    html.append("<tr>");
    words.forEach(of -> html.append("<td>").append(Html.text(of)).append("</td>"));
    figures.forEach(of -> html.append("<td class=\"n\">").append(Html.figure(of)).append("</td>"));
    html.append("</tr>\n");
  }

  private static String first(String label) {
    int part = label.indexOf(PART);
    return part < 0 ? label : label.substring(0, part);
  }

  private static String last(String label) {
    int part = label.lastIndexOf(PART);
    return part < 0 ? "" : label.substring(part + PART.length());
  }

  private static String middle(String label) {
    int from = label.indexOf(PART) + PART.length();
    int to = label.lastIndexOf(PART);
    return from > to ? "" : label.substring(from, to);
  }

  private static Map<String, Double> figures(List<RunRecord> stages, String name) {
    Map<String, Double> figures = new LinkedHashMap<>();
    stages.forEach(
        stage -> figures.putAll(stage.report().breakdowns().getOrDefault(name, Map.of())));
    return figures;
  }
}
