package com.segumento.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is seen of a report, written from top to bottom; and the figures its charts draw. */
final class ReportBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringBuilder html = new StringBuilder();
  private final ArrayNode charts = JSON.createArrayNode();

  String html() {
    return html.toString();
  }

  /** JSON: the charts in the order of their places. */
  String charts() {
    return charts.toString();
  }

  void header(List<RunRecord> stages, int clients) {
    RunRecord first = stages.get(0);
    RunReport.Verdict verdict = RunReport.verdict(stages);
    double seconds = stages.stream().mapToDouble(RunRecord::seconds).sum();
    html.append("<header>\n<p class=\"eyebrow\">Segumento run</p>\n<h1>");
    html.append(Html.text(first.run())).append("</h1>\n<p class=\"verdict\"><span class=\"status ");
    html.append(verdict.tone()).append("\">").append(Html.text(verdict.sentence()));
    html.append("</span></p>\n");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Business date", first.date().toString());
    facts.put("Begun", first.startedAt().toString().replaceFirst("\\.\\d+Z$", "Z"));
    facts.put("Time in stages", Html.duration(seconds));
    facts.put("Clients", Integer.toString(clients));
    facts.put("Code version", first.codeVersion());
    list("facts", facts);
    html.append("<p>This page states exact sizes of segments and is as sensitive as the clients'");
    html.append(" tables: it is for the operator, never for clients.</p>\n</header>\n");
  }

  void anonymization(String title, Map<String, String> facts, List<Chart> own) {
    html.append("<header>\n<p class=\"eyebrow\">Segumento anonymization</p>\n<h1>");
    html.append(Html.text(title)).append("</h1>\n");
    list("facts", facts);
    html.append("</header>\n<main>\n<section>\n<div class=\"grid\">\n");
    own.forEach(chart -> figure(chart, false));
    html.append("</div>\n</section>\n</main>\n<footer>Figures of people are distinct persons.");
    html.append(" Risks are after El Emam and Dankar (2008). The page is complete in itself and");
    html.append(" opens no connection.</footer>\n");
  }

  void requests(Map<String, String> facts, RunReport.Verdict verdict) {
    html.append("<header>\n<p class=\"eyebrow\">Segumento</p>\n<h1>Requests of persons</h1>\n");
    html.append("<p class=\"verdict\"><span class=\"status ").append(verdict.tone());
    html.append("\">").append(Html.text(verdict.sentence())).append("</span></p>\n");
    list("facts", facts);
    html.append("</header>\n");
  }

  void requests(String client, String table) {
    html.append("<section>\n<div class=\"head\"><h2>").append(Html.text(client));
    html.append("</h2></div>\n").append(table).append("</section>\n");
  }

  void open() {
    html.append("<main>\n");
  }

  void timings(Chart chart) {
    html.append("<section>\n<div class=\"grid\">\n");
    figure(chart, true);
    html.append("</div>\n</section>\n");
  }

  void client(String client, List<RunRecord> stages, List<Chart> trends) {
    RunReport.Verdict verdict = RunReport.verdict(stages);
    html.append("<section>\n<div class=\"head\"><h2>").append(Html.text(client));
    html.append("</h2><span class=\"status ").append(verdict.tone()).append("\">");
    html.append(Html.text(verdict.sentence())).append("</span></div>\n");
    list("tiles", ReportTables.keyFigures(stages));
    ReportTables.stages(html, stages);
    List<Chart> own = ClientCharts.of(stages);
    html.append("<div class=\"grid\">\n");
    own.forEach(chart -> figure(chart, chart.kind() == Chart.Kind.HEAT));
    trends.forEach(chart -> figure(chart, false));
    html.append("</div>\n");
    if (own.isEmpty() && trends.isEmpty()) {
      html.append("<p class=\"empty\">No stage reported figures to draw.</p>\n");
    }
    CostTable.of(html, stages);
    ReasonTable.of(html, stages);
    LevelTable.of(html, stages);
    ReportTables.figures(html, stages);
    ReportTables.provenance(html, stages);
    html.append("</section>\n");
  }

  void close() {
    html.append("</main>\n<footer>Figures of people are distinct persons. Groups too small to");
    html.append(" state are left out. The page is complete in itself and opens no connection.");
    html.append("</footer>\n");
  }

  private void figure(Chart chart, boolean wide) {
    html.append(wide ? "<figure class=\"wide\">" : "<figure>").append("<figcaption><h3>");
    html.append(Html.text(chart.title())).append("</h3><p>").append(Html.text(chart.note()));
    html.append("</p></figcaption>\n<div class=\"chart\" id=\"chart-").append(charts.size());
    html.append("\" role=\"img\" aria-label=\"").append(Html.text(chart.title()));
    html.append("; the figures follow as a table\"></div>\n");
    ReportTables.of(html, chart);
    html.append("</figure>\n");
    charts.add(node(chart));
  }

  private static ObjectNode node(Chart chart) {
    ObjectNode node =
        JSON.createObjectNode().put("kind", chart.kind().word()).put("unit", chart.unit());
    node.set("categories", JSON.valueToTree(chart.categories()));
    node.set("series", JSON.valueToTree(chart.series()));
    return node;
  }

  private void list(String kind, Map<String, String> facts) {
    if (facts.isEmpty()) {
      return;
    }
    html.append("<dl class=\"").append(kind).append("\">");
    facts.forEach(
        (name, value) ->
            html.append("<div><dt>")
                .append(Html.text(name))
                .append("</dt><dd>")
                .append(Html.text(value))
                .append("</dd></div>"));
    html.append("</dl>\n");
  }
}
