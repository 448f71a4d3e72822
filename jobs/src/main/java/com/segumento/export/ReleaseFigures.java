package com.segumento.export;

import com.segumento.config.Export;
import com.segumento.model.NoiseDraws;
import com.segumento.model.ReleaseMemory;
import com.segumento.ops.StageReport;
import com.segumento.privacy.LevelChoice;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.NoiseLedger;
import com.segumento.privacy.ProtectionCost;
import com.segumento.privacy.Reason;
import com.segumento.privacy.ReleaseRequest;
import com.segumento.privacy.Released;
import com.segumento.privacy.Staleness;
import java.util.Locale;
import java.util.Map;

/**
 * What the report of the stage says of each release.
 *
 * @param least figures about fewer persons than this are not stated
 */
record ReleaseFigures(int least, StageReport.Builder report) {
  private static final String PUBLISHED = ": published";
  private static final String WITHHELD = ": withheld";
  private static final String WITHHELD_BY_REASON = "withheld_by_reason";
  private static final long WHOLE = 100;

  /** An export that was left out, as its last release is too young. */
  void notDue(Export export) {
    report.count("exports_not_due", 1).breakdown("not_due_by_export", export.name(), 1);
  }

  /** An export the gate let nothing through of. */
  void refused() {
    report.count("exports_refused", 1);
  }

  void add(ReleaseRequest request, Released released, String uri) {
    String name = released.export().name();
    switch (released.export().kind()) {
      case CELLS -> cells(name, released);
      case RECORDS -> persons("records", released);
      case AUDIENCE -> persons("audience", released);
    }
    if (released.export().kind() == Export.Kind.CELLS) {
      report.read(ReleaseMemory.NAME + " of " + name, released.memory().before());
      report.wrote(ReleaseMemory.NAME + " of " + name, released.memory().after());
      report.table(ReleaseMemory.NAME, MemoryTable.open(request.workspace()).id());
    }
    if (released.export().privacy().dp() != null) {
      budget(name, NoiseLedger.open(request.workspace()));
    }
    levels(request, released);
    loss(name, released.choice());
    risks(released);
    released.definitions().forEach((segment, hash) -> report.hash("segment:" + segment, hash));
    report.output(name, uri);
  }

  private void budget(String name, NoiseLedger ledger) {
    report
        .breakdown(
            "privacy_budget",
            name + ": epsilon spent by the client so far",
            ledger.epsilon().doubleValue())
        .wrote(NoiseDraws.NAME + " of " + name, ledger.version())
        .table(NoiseDraws.NAME, ledger.id());
  }

  private void levels(ReleaseRequest request, Released released) {
    String name = released.export().name();
    LevelChoice choice = released.choice();
    if (!choice.levels().isEmpty()) {
      report.breakdown("levels_by_export", name + ": " + lower(choice.how()), 1);
    }
    String kind = name + ": " + lower(released.export().kind()) + ": ";
    DataDictionary names =
        new DataDictionary(request.workspace(), released.export(), choice.levels(), released.k());
    choice
        .levels()
        .forEach(
            (of, level) ->
                report.breakdown(
                    "level_names", kind + of + ": " + names.levelName(of, level), level));
    if (choice.how() != LevelChoice.How.FIXED) {
      if (choice.how() != LevelChoice.How.PINNED && !request.pinned().isEmpty()) {
        report.breakdown("levels_by_export", name + ": no longer as in the last release", 1);
      }
      choice.levels().forEach((of, level) -> report.breakdown("levels", name + ": " + of, level));
    }
  }

  private void loss(String name, LevelChoice choice) {
    choice
        .informationLoss()
        .ifPresent(loss -> report.breakdown("information_loss_by_export", name, loss));
    choice
        .leastPossibleLoss()
        .ifPresent(
            loss ->
                report.breakdown(
                    "information_loss_by_export", name + ": least there could be", loss));
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private void risks(Released released) {
    if (released.rows() >= WHOLE * least(released)) { // else a percent is fewer than may be told
      released
          .choice()
          .breakdowns()
          .forEach(
              (kind, figures) ->
                  figures.forEach(
                      (label, figure) ->
                          report.breakdown(
                              kind + " of " + released.export().name(),
                              label,
                              (double) Math.round(figure))));
    }
  }

  private void cells(String name, Released released) {
    ProtectionCost cost = released.cost();
    report
        .count("cells_published", cost.published())
        .count("cells_rolled_up", cost.rolledUp())
        .count("cells_withheld", cost.withheld())
        .breakdown("cells_by_export", name + PUBLISHED, (double) cost.published())
        .breakdown("cells_by_export", name + ": rolled up", (double) cost.rolledUp())
        .breakdown("cells_by_export", name + WITHHELD, (double) cost.withheld());
    cost(name, cost.coarse(least(released)));
    reasons(released.export(), cost);
  }

  /** Why cells are withheld, and wait. */
  private void reasons(Export export, ProtectionCost cost) {
    String name = export.name() + ": ";
    long few = cost.withheld() - cost.heldBack();
    if (few > 0) {
      String alike = export.privacy().l() == null ? "" : StageReport.OR + Reason.TOO_ALIKE.code();
      report.breakdown(WITHHELD_BY_REASON, name + Reason.TOO_FEW.code() + alike, (double) few);
    }
    Staleness staleness = cost.staleness();
    by(WITHHELD_BY_REASON, name, staleness.heldBack());
    by("waiting_by_reason", name, staleness.cells());
    by("sums_waiting_by_reason", name, staleness.sums());
    for (Staleness.Wait wait : staleness.longest()) {
      report.breakdown(
          "longest_waits",
          name + String.join(", ", wait.row()) + ": " + wait.reason().code(),
          (double) wait.days());
    }
  }

  private void by(String breakdown, String name, Map<Reason, Long> figures) {
    figures.forEach(
        (reason, cells) -> report.breakdown(breakdown, name + reason.code(), (double) cells));
  }

  /** What waits, and how far the release is from tonight's tables. */
  private void cost(String name, ProtectionCost cost) {
    report
        .breakdown(
            "cost_by_export", name + ": cells waiting", (double) cost.staleness().cellsWaiting())
        .breakdown(
            "cost_by_export", name + ": sums waiting", (double) cost.staleness().sumsWaiting())
        .breakdown(
            "cost_by_export",
            name + ": longest wait in days",
            (double) cost.staleness().longestDays())
        .breakdown("cost_by_export", name + ": mean error of persons", tenths(cost.meanError()))
        .breakdown(
            "cost_by_export", name + ": largest error of persons", (double) cost.largestError())
        .breakdown(
            "cost_by_export",
            name + ": percent of members represented",
            Math.floor(WHOLE * cost.representedShare() * 10) / 10);
  }

  /** Seconds it took to make a release, to judge it and to copy it to where the client reads. */
  void seconds(Released released, double publishing) {
    String name = released.export().name();
    report
        .breakdown("seconds_by_export", name + ": making", tenths(released.times().making()))
        .breakdown("seconds_by_export", name + ": judging", tenths(released.times().judging()))
        .breakdown("seconds_by_export", name + ": publishing", tenths(publishing));
  }

  private static double tenths(double figure) {
    return Math.round(figure * 10) / 10.0;
  }

  private void persons(String what, Released released) {
    persons(what, "published", released, released.rows());
    persons(what, "withheld", released, released.withheld());
  }

  private long least(Released released) {
    return Math.max(least, released.k());
  }

  private void persons(String what, String how, Released released, long persons) {
    String name = released.export().name();
    if (persons < least(released)) {
      report.count(what + "_" + how + "_below_k", 1);
    } else {
      report
          .count(what + "_" + how, persons)
          .breakdown(what + "_by_export", name + ": " + how, (double) persons);
    }
  }
}
