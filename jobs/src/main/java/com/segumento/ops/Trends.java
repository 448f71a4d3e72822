package com.segumento.ops;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** How a client's figures went over its business dates; the newest run of each date counts. */
final class Trends {
  private static final double PERCENT = 100;

  private Trends() {}

  /** Charts over all dates; none where there is one date only. */
  static List<Chart> of(String client, List<RunRecord> run, List<RunRecord> earlier) {
    Map<LocalDate, Map<String, RunRecord>> byDate = new TreeMap<>();
    List<RunRecord> all = new ArrayList<>(earlier);
    all.sort(Comparator.comparing(RunRecord::startedAt));
    all.addAll(run);
    LocalDate last = run.get(0).date();
    all.stream()
        .filter(record -> record.client().equals(client) && !record.date().isAfter(last))
        .forEach(record -> add(record, byDate));
    if (byDate.size() < 2) {
      return List.of();
    }
    Lines lines = new Lines(List.copyOf(byDate.values()), byDate.keySet());
    List<Chart> charts = new ArrayList<>();
    lines.chart("Rows delivered", "rows", "ingest", Rates::volume).ifPresent(charts::add);
    lines.chart("Quarantine rate", "%", "ingest", Rates::quarantine).ifPresent(charts::add);
    lines.chart("Match rate", "%", "enrich", Rates::matches).ifPresent(charts::add);
    lines
        .chart("Cells waiting", "cells", "export", cost(CostTable.WAITING, 1))
        .ifPresent(charts::add);
    lines
        .chart("Mean error of counts", "persons", "export", cost(CostTable.ERROR, 1))
        .ifPresent(charts::add);
    lines
        .chart("Members represented", "%", "export", cost(CostTable.REPRESENTED, PERCENT))
        .ifPresent(charts::add);
    return charts;
  }

  /**
   * Exports that were refused in part tell of the rest, where none of the date that are done do.
   */
  private static void add(RunRecord record, Map<LocalDate, Map<String, RunRecord>> byDate) {
    boolean done = record.status() == RunRecord.Status.DONE;
    boolean partly = record.status() == RunRecord.Status.REFUSED && record.stage().equals("export");
    if (done || partly) {
      byDate
          .computeIfAbsent(record.date(), date -> new TreeMap<>())
          .merge(
              record.stage(),
              record,
              (before, now) -> done || before.status() != RunRecord.Status.DONE ? now : before);
    }
  }

  private static Function<StageReport, Map<String, Double>> cost(String of, double whole) {
    return report -> {
      Map<String, Double> figures = CostTable.figure(report, of);
      figures.replaceAll((export, figure) -> figure / whole);
      return figures;
    };
  }

  /** The stages of each date. */
  private record Lines(List<Map<String, RunRecord>> nights, Set<LocalDate> dates) {

    Optional<Chart> chart(
        String title,
        String unit,
        String stage,
        Function<StageReport, Map<String, Double>> figures) {
      Map<String, Double[]> lines = new TreeMap<>();
      for (int night = 0; night < nights.size(); night++) {
        RunRecord record = nights.get(night).get(stage);
        if (record != null) {
          for (var figure : figures.apply(record.report()).entrySet()) {
            lines.computeIfAbsent(figure.getKey(), of -> new Double[nights.size()])[night] =
                figure.getValue() * (unit.equals("%") ? 100 : 1);
          }
        }
      }
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      List<Chart.Series> series = new ArrayList<>();
      lines.forEach(
          (of, values) ->
              series.add(new Chart.Series(lines.size() > 1 ? of : title, Arrays.asList(values))));
      List<String> days = dates.stream().map(LocalDate::toString).toList();
      return Optional.of(
          new Chart(
              Chart.Kind.LINE, title, "Over business dates.", "Business date", unit, days, series));
    }
  }
}
