package com.segumento.ops;

import com.segumento.ops.RunRecord.Status;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What in a run calls for the operator: failures, missed runs, and figures that leave what the same
 * client's last runs were like. A figure is judged against the median of its last runs, so that one
 * odd night neither raises two alerts nor hides the next one.
 */
public final class AlertRules {
  /** A figure is compared with at most this many earlier business dates. */
  public static final int HISTORY_RUNS = 7;

  /** With fewer earlier business dates than this nothing is called abnormal. */
  public static final int LEAST_HISTORY_RUNS = 3;

  private AlertRules() {}

  /** The alerts of a run's records, given those of earlier runs. */
  public static List<Alert> evaluate(List<RunRecord> current, List<RunRecord> history) {
    List<Alert> alerts = new ArrayList<>();
    for (RunRecord record : current) {
      failure(record).ifPresent(alerts::add);
      // Refused in part: the figures are of what went through.
      if (record.status() == Status.DONE || record.status() == Status.REFUSED) {
        List<RunRecord> earlier = earlier(record, history);
        for (AbnormalFigure rule : AbnormalFigure.RULES) {
          if (rule.stage().equals(record.stage())) {
            alerts.addAll(rule.judge(record, earlier));
          }
        }
      }
    }
    return alerts;
  }

  /**
   * The active clients that have no finished export on the day before {@code date}. On the
   * platform's first night nobody missed anything.
   *
   * @param ledger records of that day and before
   */
  public static List<Alert> missed(
      List<RunRecord> ledger, Collection<String> activeClients, LocalDate date) {
    LocalDate yesterday = date.minusDays(1);
    if (ledger.stream().allMatch(record -> record.date().isAfter(yesterday))) {
      return List.of();
    }
    TreeSet<String> missed = new TreeSet<>(activeClients);
    ledger.stream()
        .filter(record -> record.date().equals(yesterday) && record.stage().equals("export"))
        .filter(record -> record.status() == Status.DONE || record.status() == Status.SKIPPED)
        .forEach(record -> missed.remove(record.client()));
    return missed.stream()
        .map(
            client ->
                new Alert(
                    "missed_run",
                    client,
                    yesterday,
                    String.format(
                        Locale.ROOT,
                        "Client %s has no finished export for %s. Run: segumento nightly --date %s"
                            + " --client %s",
                        client,
                        yesterday,
                        yesterday,
                        client)))
        .toList();
  }

  private static Optional<Alert> failure(RunRecord record) {
    String what =
        switch (record.status()) {
          case FAILED -> "failed";
          case REFUSED -> "was refused";
          case RUNNING -> "began and never ended";
          case DONE, SKIPPED -> "";
        };
    if (what.isEmpty()) {
      return Optional.empty();
    }
    String why =
        record.error() == null ? "See the log of run " + record.run() + "." : record.error();
    return Optional.of(
        new Alert(
            "failure",
            record.client(),
            record.date(),
            "Stage "
                + record.stage()
                + " of client "
                + record.client()
                + " for "
                + record.date()
                + " "
                + what
                + ": "
                + why));
  }

  /** The same stage of the same client, newest business date first, the newest run of each. */
  private static List<RunRecord> earlier(RunRecord record, List<RunRecord> history) {
    Map<LocalDate, Optional<RunRecord>> byDate =
        history.stream()
            .filter(
                other ->
                    other.client().equals(record.client())
                        && other.stage().equals(record.stage())
                        && other.status() == Status.DONE
                        && other.date().isBefore(record.date()))
            .collect(
                Collectors.groupingBy(
                    RunRecord::date, Collectors.maxBy(Comparator.comparing(RunRecord::startedAt))));
    return byDate.values().stream()
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(RunRecord::date).reversed())
        .limit(HISTORY_RUNS)
        .toList();
  }
}
