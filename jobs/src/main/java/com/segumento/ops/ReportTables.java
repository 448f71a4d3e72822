package com.segumento.ops;

import com.segumento.ops.RunRecord.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a report. */
final class ReportTables {
  private ReportTables() {}

  /** The few figures a client's night is known by; those that no stage reported are left out. */
  static Map<String, String> keyFigures(List<RunRecord> stages) {
    Map<String, String> tiles = new LinkedHashMap<>();
    for (RunRecord stage : stages) {
      StageReport report = stage.report();
      if (stage.stage().equals("ingest")) {
        put(tiles, "Rows delivered", report, "rows_in");
        Rates.quarantine(report)
            .values()
            .forEach(rate -> tiles.put("Quarantined", Html.share(rate)));
      }
      if (stage.stage().equals("enrich")) {
        put(tiles, "Persons", report, "persons");
        Rates.matches(report).forEach((of, rate) -> tiles.put("Matched: " + of, Html.share(rate)));
      }
      if (stage.stage().equals("segment")) {
        put(tiles, "Segments", report, "segments");
      }
      if (stage.stage().equals("export")) {
        CostTable.represented(report).ifPresent(of -> tiles.put("Members represented", of));
        put(tiles, "Cells published", report, "cells_published");
        Rates.suppression(report)
            .values()
            .forEach(rate -> tiles.put("Cells withheld", Html.share(rate)));
        put(tiles, "Records published", report, "records_published");
        put(tiles, "Listed in audiences", report, "audience_published");
      }
    }
    return tiles;
  }

  private static void put(
      Map<String, String> tiles, String title, StageReport report, String count) {
    if (report.counts().containsKey(count)) {
      tiles.put(title, Html.figure(report.counts().get(count).doubleValue()));
    }
  }

  /** One line a stage: how it ended, how long it took and, where it failed, why. */
  static void stages(StringBuilder html, List<RunRecord> stages) {
    html.append("<div class=\"scroll\"><table class=\"stages\"><thead><tr><th>Stage</th>");
    html.append("<th>Status</th><th class=\"n\">Time</th><th>Remark</th></tr></thead><tbody>\n");
    for (RunRecord stage : stages) {
      html.append("<tr><td>").append(Html.text(stage.stage()));
      html.append("</td><td><span class=\"status ").append(tone(stage.status())).append("\">");
      html.append(word(stage.status())).append("</span></td><td class=\"n\">");
      html.append(Html.duration(stage.seconds())).append("</td><td>");
      if (stage.error() != null) {
        html.append("<p class=\"error\">").append(Html.text(stage.error())).append("</p>");
      }
      html.append("</td></tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  /** The figures of a chart. */
  static void of(StringBuilder html, Chart chart) {
    html.append("<details><summary>Figures</summary><div class=\"scroll\"><table><thead><tr><th>");
    html.append(Html.text(chart.of())).append("</th>");
    for (Chart.Series series : chart.series()) {
      html.append("<th class=\"n\">").append(Html.text(series.name()));
      html.append(chart.unit().equals("%") ? " (%)" : "").append("</th>");
    }
    html.append("</tr></thead><tbody>\n");
    for (int i = 0; i < chart.categories().size(); i++) {
      html.append("<tr><td>").append(Html.text(chart.categories().get(i))).append("</td>");
      for (Chart.Series series : chart.series()) {
        html.append("<td class=\"n\">").append(Html.figure(series.values().get(i)));
        html.append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div></details>\n");
  }

  /** All counts, and the breakdowns that no chart draws from. */
  static void figures(StringBuilder html, List<RunRecord> stages) {
    begin(html, "All figures", "Stage", "Figure", "Value");
    for (RunRecord stage : stages) {
      stage
          .report()
          .counts()
          .forEach(
              (name, value) -> row(html, stage, Chart.words(name), Html.figure((double) value)));
      stage
          .report()
          .breakdowns()
          .forEach(
              (name, figures) ->
                  figures.forEach(
                      (label, value) ->
                          row(html, stage, Chart.words(name) + ": " + label, Html.figure(value))));
    }
    end(html);
  }

  /** What was read and written, under which definitions, and where it went. */
  static void provenance(StringBuilder html, List<RunRecord> stages) {
    begin(html, "Versions, definitions and outputs", "Stage", "What", "Value");
    for (RunRecord stage : stages) {
      StageReport report = stage.report();
      report.versions().forEach((name, value) -> hash(html, stage, name, "version " + value));
      report.hashes().forEach((name, value) -> hash(html, stage, name, value));
      report.outputs().forEach((name, value) -> hash(html, stage, name, value));
    }
    end(html);
  }

  private static void begin(
      StringBuilder html, String title, String first, String second, String third) {
    html.append("<details><summary>").append(title).append("</summary><div class=\"scroll\">");
    html.append("<table><thead><tr><th>").append(first).append("</th><th>").append(second);
    html.append("</th><th").append(third.equals("Value") ? "" : " class=\"n\"").append('>');
    html.append(third).append("</th></tr></thead><tbody>\n");
  }

  private static void end(StringBuilder html) {
    html.append("</tbody></table></div></details>\n");
  }

  private static void row(StringBuilder html, RunRecord stage, String name, String value) {
    html.append("<tr><td>").append(Html.text(stage.stage())).append("</td><td>");
    html.append(Html.text(name)).append("</td><td class=\"n\">").append(value);
    html.append("</td></tr>\n");
  }

  private static void hash(StringBuilder html, RunRecord stage, String name, String value) {
    html.append("<tr><td>").append(Html.text(stage.stage())).append("</td><td>");
    html.append(Html.text(name)).append("</td><td class=\"hash\">").append(Html.text(value));
    html.append("</td></tr>\n");
  }

  private static String tone(Status status) {
    return switch (status) {
      case DONE -> "good";
      case SKIPPED -> "empty";
      case REFUSED -> "warn";
      case FAILED, RUNNING -> "bad";
    };
  }

  private static String word(Status status) {
    return switch (status) {
      case DONE -> "done";
      case SKIPPED -> "nothing to do";
      case REFUSED -> "refused";
      case FAILED -> "failed";
      case RUNNING -> "not ended";
    };
  }
}
