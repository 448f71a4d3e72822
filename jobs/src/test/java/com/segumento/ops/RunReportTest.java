package com.segumento.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.segumento.ops.RunRecord.Status;
import com.segumento.testkit.Chromium;
import com.segumento.testkit.RunRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  private static final LocalDate DATE = LocalDate.of(2026, 5, 2);

  @TempDir Path directory;

  @Test
  void aBrowserDrawsEveryChartWithoutAnErrorOrANetwork() throws Exception {
    assumeTrue(Chromium.isInstalled(), "no Chromium here: the page is checked as text only");
    Path page = Path.of("target", "run-report.html").toAbsolutePath(); // left there to be looked at
    Files.writeString(page, RunReport.html(fullRun(), earlierRuns()));
    String dom = Chromium.dom(page);
    String root = dom.substring(dom.indexOf("<html"), dom.indexOf('>', dom.indexOf("<html")));
    // time, segments, states, quarantine, matches, cells, two of clusters, two of overlaps and
    // three
    // trends
    assertThat(root).contains("data-charts=\"13\"").doesNotContain("data-errors");
    assertThat(dom.split("<svg ", -1)).hasSize(1 + 13);
    assertThat(dom).contains(">Maharashtra</text>").contains(">33</text>").contains(">1.3</text>");
  }

  @Test
  void statesEveryFigureAsTextToo() throws Exception {
    String html = withoutScripts(RunReport.html(fullRun(), earlierRuns()));
    assertThat(html)
        .contains("<h1>2026-05-02-1</h1>")
        .contains("Done. Every stage ended well.")
        .contains(
            "<p>This page states exact sizes of segments and is as sensitive as the clients'"
                + " tables: it is for the operator, never for clients.</p>\n</header>")
        .contains("<dt>Rows delivered</dt><dd>120,000</dd>")
        .contains("<dt>Quarantined</dt><dd>1.0 %</dd>")
        .contains("<dt>Matched: places</dt><dd>95.0 %</dd>")
        .contains("<dt>Cells withheld</dt><dd>12.0 %</dd>")
        .contains("<tr><td>high_value</td><td class=\"n\">4,200</td></tr>")
        .contains("Left out as too small to state: 1.")
        // 3,000 of 9,100 and of 12,400; 3,000 * 60,000 / (9,100 * 12,400)
        .contains(
            "<tr><td>lapsed</td><td class=\"n\">0</td><td class=\"n\">–</td>"
                + "<td class=\"n\">33.0</td></tr>")
        .contains(
            "<tr><td>young_urban</td><td class=\"n\">–</td><td class=\"n\">24.2</td>"
                + "<td class=\"n\">–</td></tr>")
        .contains("<td class=\"n\">1.6</td>")
        .contains("<tr><td>Maharashtra</td><td class=\"n\">21,000</td></tr>")
        .contains("<tr><td>2026-05-01</td><td class=\"n\">118,000</td></tr>")
        .contains("<td class=\"hash\">s3a://lake/exports/acme/insight</td>");
  }

  @Test
  void tellsAtWhatLevelsExportsWereReleased() {
    RunRecord export =
        RunRecords.done(
            "acme",
            "export",
            DATE,
            report ->
                report
                    .breakdown("levels_by_export", "insight: bounded", 1)
                    .breakdown("levels_by_export", "insight: no longer as in the last release", 1)
                    .breakdown("levels_by_export", "reach: fixed", 1)
                    .breakdown("level_names", "insight: cells: age: intervals of 10", 2)
                    .breakdown("level_names", "insight: cells: place: district", 1)
                    .breakdown("level_names", "reach: records: kind: level 1 of <goods>: all", 1)
                    .breakdown("information_loss_by_export", "insight", 0.25)
                    .breakdown("information_loss_by_export", "insight: least there could be", 0.2));
    String html = withoutScripts(RunReport.html(List.of(export), List.of()));
    assertThat(html.substring(html.indexOf("<h3>Levels by export</h3>")).replace("</td>", "|"))
        .startsWith(
            "<h3>Levels by export</h3><div class=\"scroll\"><table><thead><tr><th>Export</th>"
                + "<th>Kind</th><th>Attribute</th><th>Level</th><th>How</th>"
                + "<th class=\"n\">Loss</th></tr></thead><tbody>\n"
                + "<tr><td>insight|<td>cells|<td>age|<td>intervals of 10|<td>bounded, changed|"
                + "<td class=\"n\">0.25 (at least 0.2)|</tr>\n"
                + "<tr><td>insight|<td>cells|<td>place|<td>district|<td>bounded, changed|"
                + "<td class=\"n\">0.25 (at least 0.2)|</tr>\n"
                + "<tr><td>reach|<td>records|<td>kind|<td>level 1 of &lt;goods&gt;: all|<td>fixed|"
                + "<td class=\"n\">–|</tr>\n</tbody>");
    assertThat(withoutScripts(RunReport.html(fullRun(), List.of()))).doesNotContain("Levels by");
  }

  @Test
  void tellsWhatProtectionCostAndHowThatWent() {
    List<RunRecord> nights = new ArrayList<>();
    for (int night = 0; night <= 1; night++) {
      nights.add(cost(DATE.minusDays(night), 12 + night, 1.5 + night, 98.5 - night));
    }
    String html = withoutScripts(RunReport.html(nights.subList(0, 1), nights.subList(1, 2)));
    assertThat(html.substring(html.indexOf("<h3>What protection cost</h3>")).replace("</td>", "|"))
        .contains(
            "<th>Export</th><th class=\"n\">Published</th><th class=\"n\">Rolled up</th>"
                + "<th class=\"n\">Withheld</th><th class=\"n\">Waiting</th>")
        .contains(
            "<tr><td>insight|<td class=\"n\">700|<td class=\"n\">–|<td class=\"n\">110|"
                + "<td class=\"n\">12|<td class=\"n\">–|<td class=\"n\">9|<td class=\"n\">1.5|"
                + "<td class=\"n\">–|<td class=\"n\">98.5|</tr>\n");
    assertThat(html)
        .contains("<dt>Members represented</dt><dd>98.5 %</dd>")
        .contains(
            "A waiting cell is published with an older set of persons, because fewer than k came or"
                + " left, or because its change would tell of few beside other figures. On most"
                + " nights most cells wait; that is normal while the mean error is below k")
        .contains("<h3>Cells waiting</h3>")
        .contains("<tr><td>2026-05-01</td><td class=\"n\">13</td></tr>")
        .contains("<h3>Mean error of counts</h3>")
        .contains("<tr><td>2026-05-01</td><td class=\"n\">2.5</td></tr>")
        .contains("<h3>Members represented</h3>")
        .contains("<tr><td>2026-05-01</td><td class=\"n\">97.5</td></tr>")
        .contains("<h3>Time by export</h3>");
    assertThat(withoutScripts(RunReport.html(fullRun(), List.of()))).doesNotContain("protection");
  }

  @Test
  void aNightWithARefusedExportIsInTheTrendsOfTheOthers() {
    RunRecord refused =
        RunRecords.ended(
            "acme",
            "export",
            DATE.minusDays(1),
            Status.REFUSED,
            "Export reach was refused.",
            report -> report.breakdown("cost_by_export", "insight: mean error of persons", 2.5));
    RunRecord tonight = cost(DATE, 12, 1.5, 98.5);
    assertThat(withoutScripts(RunReport.html(List.of(tonight), List.of(refused))))
        .contains("<tr><td>2026-05-01</td><td class=\"n\">2.5</td></tr>");
    RunRecord before = cost(DATE.minusDays(1), 13, 3.5, 97.5);
    assertThat(withoutScripts(RunReport.html(List.of(tonight), List.of(before, refused))))
        .as("of one date, what was done")
        .contains("<tr><td>2026-05-01</td><td class=\"n\">3.5</td></tr>")
        .doesNotContain("<td class=\"n\">2.5</td>");
  }

  @Test
  void tellsWhyCellsAreWithheldAndWait() {
    RunRecord export =
        RunRecords.done(
            "acme",
            "export",
            DATE,
            report ->
                report
                    .breakdown("withheld_by_reason", "insight: too_few", 100)
                    .breakdown("withheld_by_reason", "insight: totals", 10)
                    .breakdown("waiting_by_reason", "insight: totals", 7)
                    .breakdown("sums_waiting_by_reason", "insight: earlier_releases", 3)
                    .breakdown("longest_waits", "insight: a, <f>, 30-39: totals", 9));
    String html = withoutScripts(RunReport.html(List.of(export), List.of())).replace("</td>", "|");
    assertThat(html.substring(html.indexOf("<h3>Why cells are withheld or wait</h3>")))
        .contains(
            "<tr><td>insight|<td>too few|<td class=\"n\">100|<td class=\"n\">–|"
                + "<td class=\"n\">–|</tr>\n"
                + "<tr><td>insight|<td>totals|<td class=\"n\">10|<td class=\"n\">7|"
                + "<td class=\"n\">–|</tr>\n"
                + "<tr><td>insight|<td>earlier releases|<td class=\"n\">–|<td class=\"n\">–|"
                + "<td class=\"n\">3|</tr>\n")
        .contains("<tr><td>insight|<td>a, &lt;f&gt;, 30-39|<td>totals|<td class=\"n\">9|</tr>\n");
    assertThat(withoutScripts(RunReport.html(fullRun(), List.of())))
        .doesNotContain("withheld or wait", "waited longest");
  }

  @Test
  void tellsTheLeastAndTheGreatestShareOfMembersRepresented() {
    RunRecord export =
        RunRecords.done(
            "acme",
            "export",
            DATE,
            report ->
                report
                    .breakdown("cost_by_export", "insight: percent of members represented", 98.5)
                    .breakdown("cost_by_export", "reach: percent of members represented", 61)
                    .breakdown("cost_by_export", "whole: percent of members represented", 90));
    assertThat(withoutScripts(RunReport.html(List.of(export), List.of())))
        .contains("<dt>Members represented</dt><dd>61.0 % to 98.5 %</dd>");
    assertThat(withoutScripts(RunReport.html(fullRun(), List.of())))
        .doesNotContain("Members represented");
  }

  private static RunRecord cost(LocalDate date, int waiting, double error, double represented) {
    return RunRecords.done(
        "acme",
        "export",
        date,
        report ->
            report
                .breakdown("cells_by_export", "insight: published", 700)
                .breakdown("cells_by_export", "insight: withheld", 110)
                .breakdown("seconds_by_export", "insight: making", 3.5)
                .breakdown("cost_by_export", "insight: cells waiting", waiting)
                .breakdown("cost_by_export", "insight: longest wait in days", 9)
                .breakdown("cost_by_export", "insight: mean error of persons", error)
                .breakdown(
                    "cost_by_export", "insight: percent of members represented", represented));
  }

  @Test
  void opensNoConnectionAndRunsNoScriptButItsOwn() throws Exception {
    String html = RunReport.html(fullRun(), List.of());
    assertThat(html)
        .containsPattern(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri"
                + " 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src"
                + " 'sha256-[^']+' 'sha256-[^']+'\">");
    assertThat(withoutScripts(html)).doesNotContainPattern("(src|href)=|url\\(|@import");
    assertThat(html.split("</script>", -1)).hasSize(4);
  }

  @Test
  void nothingInItIsMarkupButItsOwn() throws Exception {
    String hostile = "</script><script>document.title='owned'</script>\u2028&\"'";
    RunRecord stage =
        RunRecords.done(
            "acme",
            "segment",
            DATE,
            report ->
                report
                    .breakdown("persons_by_segment", hostile, 100)
                    .output(hostile, hostile)
                    .hash("h", "<i>"));
    RunRecord failed = RunRecords.ended("acme", "export", DATE, Status.FAILED, hostile);
    String html = RunReport.html(List.of(stage, failed), List.of());
    assertThat(html).doesNotContain("<script>document.title").doesNotContain("<i>");
    assertThat(html.split("</script>", -1)).hasSize(4);
    if (Chromium.isInstalled()) {
      Path page = directory.resolve("hostile.html");
      Files.writeString(page, html);
      assertThat(Chromium.dom(page))
          .contains("<title>Run 2026-05-02-1</title>")
          .contains("data-charts=\"2\"")
          .doesNotContain("data-errors");
    }
  }

  @Test
  void saysHowAFailedRunWent() throws Exception {
    List<RunRecord> run =
        List.of(
            RunRecords.ended("acme", "ingest", DATE, Status.REFUSED, "A file is missing."),
            RunRecords.ended("retail", "ingest", DATE, Status.FAILED, "The store is away."),
            RunRecords.ended("retail", "enrich", DATE, Status.SKIPPED, null),
            RunRecords.ended("steady", "ingest", DATE, Status.RUNNING, null));
    assertThat(withoutScripts(RunReport.html(run, List.of())))
        .contains(
            "<span class=\"status bad\">Failed. Of 4 stages: 1 failed, 1 was refused, 1 did not end.")
        .contains("<span class=\"status warn\">Refused in part. Of 1 stage: 1 was refused.")
        .contains("<p class=\"error\">A file is missing.</p>")
        .contains("<p class=\"error\">The store is away.</p>")
        .contains("No stage reported figures to draw.");
    assertThatThrownBy(() -> RunReport.html(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A report needs at least one stage.");
  }

  /** What a reader without scripts has. */
  private static String withoutScripts(String html) {
    return html.replaceAll("(?s)<script.*?</script>", "");
  }

  private static List<RunRecord> fullRun() {
    return List.of(
        ingest(DATE, 120_000, 1_200),
        enrich(DATE, 57_000),
        RunRecords.done(
            "acme",
            "segment",
            DATE,
            report ->
                report
                    .count("persons", 60_000)
                    .count("segments", 4)
                    .count("segments_below_k", 1)
                    .breakdown("persons_by_segment", "lapsed", 9_100)
                    .breakdown("persons_by_segment", "high_value", 4_200)
                    .breakdown("persons_by_segment", "young_urban", 12_400)
                    .breakdown("overlap", "high_value: lapsed", 0)
                    .breakdown("overlap", "lapsed: young_urban", 3_000)
                    .breakdown("cluster_share", "habit 1", 61.5)
                    .breakdown("cluster_share", "habit 2", 38.5)
                    .breakdown("cluster_profile", "habit 1: spend_90d", -0.78)
                    .breakdown("cluster_profile", "habit 1: age", 0.2)
                    .breakdown("cluster_profile", "habit 2: spend_90d", 1.25)
                    .read("profiles", 3)
                    .hash("segments", "5f1d7a84db00d2fce00b31a7fc73224f")),
        export());
  }

  private static RunRecord export() {
    return RunRecords.done(
        "acme",
        "export",
        DATE,
        report ->
            report
                .count("cells_published", 880)
                .count("cells_withheld", 120)
                .breakdown("cells_by_export", "insight: published", 700)
                .breakdown("cells_by_export", "insight: withheld", 110)
                .breakdown("cells_by_export", "reach: published", 180)
                .breakdown("cells_by_export", "reach: withheld", 10)
                .output("insight", "s3a://lake/exports/acme/insight"));
  }

  private static List<RunRecord> earlierRuns() {
    List<RunRecord> earlier = new ArrayList<>();
    for (int night = 1; night <= 8; night++) {
      earlier.add(ingest(DATE.minusDays(night), 119_000 - night * 1_000L, 900 + night * 40L));
      earlier.add(enrich(DATE.minusDays(night), 56_500 - night * 120));
    }
    return earlier;
  }

  private static RunRecord ingest(LocalDate date, long rows, long quarantined) {
    return RunRecords.done(
        "acme",
        "ingest",
        date,
        report ->
            report
                .count("rows_in", rows)
                .count("rows_ingested", rows - quarantined)
                .count("rows_quarantined", quarantined)
                .breakdown("quarantined_by_reason", "orders: amount:out_of_range", 700)
                .breakdown("quarantined_by_reason", "customers: age:wrong_type", 320)
                .breakdown("quarantined_by_reason", "customers: token:wrong_length", 180)
                .breakdown("rows_by_dataset", "orders", 60_000)
                .wrote("orders", 12));
  }

  private static RunRecord enrich(LocalDate date, double matched) {
    return RunRecords.done(
        "acme",
        "enrich",
        date,
        report ->
            report
                .count("persons", 60_000)
                .breakdown("match_by_reference", "places: matched", matched)
                .breakdown("match_by_reference", "places: unknown_postal_code", 58_000 - matched)
                .breakdown("match_by_reference", "places: no_postal_code", 2_000)
                .breakdown("match_by_reference", "demographics: matched", matched - 3_000)
                .breakdown("match_by_reference", "demographics: no_district", 63_000 - matched)
                .breakdown("persons_by_state", "Maharashtra", 21_000)
                .breakdown("persons_by_state", "Karnataka", 14_500)
                .breakdown("persons_by_state", "Tamil Nadu", 11_200)
                .breakdown("persons_by_state", "Dadra and Nagar Haveli and Daman and Diu", 310)
                .breakdown("persons_by_state", "Uttar Pradesh", 9_900));
  }
}
