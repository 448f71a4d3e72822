package com.segumento.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.RunRecord.Status;
import com.segumento.testkit.RunRecords;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertRulesTest {
  private static final LocalDate DATE = LocalDate.of(2026, 5, 20);

  @ParameterizedTest(name = "{0} rows against a median of 1000: abnormal {1}")
  @CsvSource({"0, true", "499, true", "500, false", "2000, false", "2001, true"})
  void aDropIsAbnormalBelowHalfAndAboveTwiceTheMedian(long rows, boolean abnormal) {
    List<Alert> alerts =
        AlertRules.evaluate(List.of(ingest(DATE, rows, 0)), history(900, 1000, 5000));
    assertThat(alerts)
        .isEqualTo(
            abnormal
                ? List.of(
                    new Alert(
                        "drop_volume",
                        "acme",
                        DATE,
                        "Client acme, 2026-05-20: "
                            + String.format("%,d", rows)
                            + " rows were delivered, where the median of the last runs is 1,000."
                            + " Expected 0.5 to 2.0 times that. Ask the client before its exports"
                            + " are used."))
                : List.of());
  }

  @ParameterizedTest(name = "{0} of 1000 rows quarantined, usually 10: abnormal {1}")
  @CsvSource({"0, false", "30, false", "31, true"})
  void quarantineMayRiseByTwoPoints(long quarantined, boolean abnormal) {
    List<RunRecord> usual = new ArrayList<>();
    for (int night = 1; night <= 4; night++) {
      usual.add(ingest(DATE.minusDays(night), 1000, 10));
    }
    List<Alert> alerts = AlertRules.evaluate(List.of(ingest(DATE, 1000, quarantined)), usual);
    assertThat(alerts.stream().map(Alert::message).toList())
        .isEqualTo(
            abnormal
                ? List.of(
                    "Client acme, 2026-05-20: 3.1 % of the delivered rows are quarantined, where"
                        + " the median of the last runs is 1.0 %. A rise of up to 2.0 points is"
                        + " usual. Look at the reasons in the run's report.")
                : List.of());
  }

  @ParameterizedTest(name = "{0} of 1000 persons matched, usually 900: abnormal {1}")
  @CsvSource({"849, true", "850, false", "1000, false"})
  void theMatchRateOfAReferenceMayFallByFivePoints(double matched, boolean abnormal) {
    List<RunRecord> usual = new ArrayList<>();
    for (int night = 1; night <= 3; night++) {
      usual.add(enrich(DATE.minusDays(night), 900));
    }
    List<Alert> alerts = AlertRules.evaluate(List.of(enrich(DATE, matched)), usual);
    assertThat(alerts.stream().map(Alert::message).toList())
        .isEqualTo(
            abnormal
                ? List.of(
                    "Client acme, 2026-05-20: the match rate of reference places is 84.9 %, where"
                        + " the median of the last runs is 90.0 %. A drop of up to 5.0 points is"
                        + " usual. Check the reference's version and the client's place columns.")
                : List.of());
  }

  @ParameterizedTest(name = "beside usual 90 % matched, {0} of all")
  @CsvSource({
    "places: several_reasons, false",
    "places: matched or unknown_postal_code, false",
    "places: no_postal_code or unknown_postal_code, true"
  })
  void aMatchRateThatSharesAFigureIsUntold(String label, boolean abnormal) {
    List<RunRecord> usual = new ArrayList<>();
    for (int night = 1; night <= 3; night++) {
      usual.add(enrich(DATE.minusDays(night), 900));
    }
    RunRecord tonight =
        RunRecords.done(
            "acme", "enrich", DATE, report -> report.breakdown("match_by_reference", label, 1000));
    assertThat(AlertRules.evaluate(List.of(tonight), usual)).hasSize(abnormal ? 1 : 0);
  }

  @ParameterizedTest(name = "{0} of 100 cells withheld, usually 20: abnormal {1}")
  @CsvSource({"20, false", "30, false", "31, true"})
  void suppressionMayRiseByTenPoints(long withheld, boolean abnormal) {
    List<RunRecord> usual = new ArrayList<>();
    for (int night = 1; night <= 3; night++) {
      usual.add(export(DATE.minusDays(night), 20));
    }
    List<Alert> alerts = AlertRules.evaluate(List.of(export(DATE, withheld)), usual);
    assertThat(alerts.stream().map(Alert::message).toList())
        .isEqualTo(
            abnormal
                ? List.of(
                    "Client acme, 2026-05-20: 31.0 % of the cells are withheld, where the median"
                        + " of the last runs is 20.0 %. A rise of up to 10.0 points is usual. Look"
                        + " at the levels of the exports and at the size of the segments.")
                : List.of());
  }

  @Test
  void nothingIsAbnormalBeforeThreeNights() {
    RunRecord odd = ingest(DATE, 1, 0);
    assertThat(AlertRules.evaluate(List.of(odd), history(1000, 1000))).isEmpty();
    assertThat(AlertRules.evaluate(List.of(odd), history(1000, 1000, 1000))).hasSize(1);
  }

  @Test
  void onlyTheLastSevenNightsOfTheSameClientCount() {
    RunRecord usualNow = ingest(DATE, 100, 0);
    assertThat(
            AlertRules.evaluate(
                List.of(usualNow), history(100, 100, 100, 100, 900, 900, 900, 900, 900, 900)))
        .isEmpty();
    List<RunRecord> anothers = new ArrayList<>();
    for (int night = 1; night <= 7; night++) {
      anothers.add(
          RunRecords.done(
              "other", "ingest", DATE.minusDays(night), report -> report.count("rows_in", 9000)));
    }
    assertThat(AlertRules.evaluate(List.of(usualNow), anothers)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"FAILED", "REFUSED", "RUNNING"})
  void aStageThatDidNotEndWellIsAFailure(Status status) {
    RunRecord record = RunRecords.ended("acme", "ingest", DATE, status, "No manifest was found.");
    assertThat(AlertRules.evaluate(List.of(record), List.of()))
        .containsExactly(
            new Alert(
                "failure",
                "acme",
                DATE,
                "Stage ingest of client acme for 2026-05-20 "
                    + switch (status) {
                      case FAILED -> "failed";
                      case REFUSED -> "was refused";
                      default -> "began and never ended";
                    }
                    + ": No manifest was found."));
  }

  @Test
  void whatWentThroughBesideARefusalIsJudgedToo() {
    List<RunRecord> usual = new ArrayList<>(history(1000, 1000, 1000));
    for (int night = 1; night <= 3; night++) {
      usual.add(export(DATE.minusDays(night), 20));
    }
    RunRecord export =
        RunRecords.ended(
            "acme", "export", DATE, Status.REFUSED, "One of two.", report -> cells(report, 31));
    assertThat(AlertRules.evaluate(List.of(export), usual))
        .extracting(Alert::kind)
        .containsExactly("failure", "suppression");
    RunRecord ingest =
        RunRecords.ended(
            "acme",
            "ingest",
            DATE,
            Status.REFUSED,
            "One of two.",
            report ->
                report
                    .count("rows_in", 100)
                    .count("rows_quarantined", 3)
                    .count("drops_refused", 1));
    assertThat(AlertRules.evaluate(List.of(ingest), usual))
        .as("how many rows the refused drop has is not known")
        .extracting(Alert::kind)
        .containsExactly("failure", "quarantine");
  }

  @Test
  void aClientWithoutAFinishedExportYesterdayMissedItsRun() {
    LocalDate yesterday = DATE.minusDays(1);
    List<RunRecord> ledger =
        List.of(
            export(yesterday, 1),
            RunRecords.ended("retail", "export", yesterday, Status.FAILED, "It failed."),
            RunRecords.ended("steady", "export", yesterday, Status.SKIPPED, null));
    assertThat(AlertRules.missed(ledger, Set.of("acme", "retail", "steady", "silent"), DATE))
        .extracting(Alert::client, Alert::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "retail",
                "Client retail has no finished export for 2026-05-19. Run: segumento nightly"
                    + " --date 2026-05-19 --client retail"),
            org.assertj.core.groups.Tuple.tuple(
                "silent",
                "Client silent has no finished export for 2026-05-19. Run: segumento nightly"
                    + " --date 2026-05-19 --client silent"));
  }

  @Test
  void nobodyMissedARunBeforeTheFirstNight() {
    assertThat(AlertRules.missed(List.of(), Set.of("acme"), DATE)).isEmpty();
    assertThat(AlertRules.missed(List.of(export(DATE, 1)), Set.of("acme"), DATE)).isEmpty();
  }

  @Test
  void theSameFindingIsTheSameAlert() {
    Alert alert = new Alert("failure", "acme", DATE, "It failed.");
    assertThat(alert.id()).isEqualTo(new Alert("failure", "acme", DATE, "It failed.").id());
    assertThat(alert.id()).isNotEqualTo(new Alert("failure", "acme", DATE, "It broke.").id());
    assertThat(alert.id()).matches("acme-failure-[0-9a-f]{16}");
  }

  private static List<RunRecord> history(long... rows) {
    List<RunRecord> records = new ArrayList<>();
    LongStream.of(rows)
        .forEach(row -> records.add(ingest(DATE.minusDays(records.size() + 1), row, 0)));
    return records;
  }

  private static RunRecord ingest(LocalDate date, long rows, long quarantined) {
    return RunRecords.done(
        "acme",
        "ingest",
        date,
        report -> report.count("rows_in", rows).count("rows_quarantined", quarantined));
  }

  private static RunRecord enrich(LocalDate date, double matched) {
    return RunRecords.done(
        "acme",
        "enrich",
        date,
        report ->
            report
                .breakdown("match_by_reference", "places: matched", matched)
                .breakdown("match_by_reference", "places: unknown_postal_code", 1000 - matched));
  }

  private static RunRecord export(LocalDate date, long withheld) {
    return RunRecords.done("acme", "export", date, report -> cells(report, withheld));
  }

  private static StageReport.Builder cells(StageReport.Builder report, long withheld) {
    return report.count("cells_published", 100 - withheld).count("cells_withheld", withheld);
  }
}
