package com.segumento.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The charts of one client's stages; those whose figures no stage reported are left out. */
final class ClientCharts {
  /** In the name of a breakdown: what follows is the export it is of. */
  private static final String OF = " of ";

  private ClientCharts() {}

  static List<Chart> of(List<RunRecord> stages) {
    List<Chart> charts = new ArrayList<>();
    segments(stages).ifPresent(charts::add);
    places(stages).ifPresent(charts::add);
    quarantine(stages).ifPresent(charts::add);
    matches(stages).ifPresent(charts::add);
    cells(stages).ifPresent(charts::add);
    seconds(stages).ifPresent(charts::add);
    records(stages).ifPresent(charts::add);
    audiences(stages).ifPresent(charts::add);
    charts.addAll(anonymizations(stages));
    for (RunRecord stage : stages) {
      charts.addAll(ClusterCharts.of(stage.report()));
      charts.addAll(OverlapCharts.of(stage.report()));
    }
    return charts;
  }

  /** Seconds of every stage, one bar a client. */
  static Chart timings(Map<String, List<RunRecord>> clients) {
    Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
    clients.forEach(
        (client, stages) -> {
          Map<String, Double> parts = new LinkedHashMap<>();
          stages.forEach(stage -> parts.merge(stage.stage(), stage.seconds(), Double::sum));
          seconds.put(client, parts);
        });
    return Chart.parted(
        Chart.Kind.BARS, "Time by stage", "Seconds on the clock.", "Client", "s", seconds);
  }

  private static Optional<Chart> segments(List<RunRecord> stages) {
    long hidden = count(stages, "segments_below_k");
    String note =
        hidden == 0
            ? "Distinct persons in each segment."
            : "Distinct persons in each segment. Left out as too small to state: " + hidden + ".";
    return figures(stages, "persons_by_segment")
        .map(figures -> Chart.bars("Segments", note, "Segment", "persons", figures));
  }

  private static Optional<Chart> places(List<RunRecord> stages) {
    String note = "Distinct persons by where they live; places with too few are left out.";
    return figures(stages, "persons_by_state")
        .map(figures -> Chart.bars("Persons by state", note, "State", "persons", figures))
        .or(
            () ->
                figures(stages, "persons_by_country")
                    .map(
                        figures ->
                            Chart.bars("Persons by country", note, "Country", "persons", figures)));
  }

  private static Optional<Chart> quarantine(List<RunRecord> stages) {
    return figures(stages, "quarantined_by_reason")
        .map(
            figures ->
                Chart.bars(
                    "Quarantine by reason",
                    "Rows kept out; one row may have several reasons.",
                    "Reason",
                    "rows",
                    figures));
  }

  private static Optional<Chart> matches(List<RunRecord> stages) {
    return figures(stages, "match_by_reference")
        .map(
            figures ->
                Chart.parted(
                    Chart.Kind.SHARE,
                    "Match rate by reference",
                    "Share of persons that reference data was found for, and why not. Reasons"
                        + " that too few have are counted together.",
                    "Reference",
                    "persons",
                    Chart.split(figures)));
  }

  private static Optional<Chart> cells(List<RunRecord> stages) {
    return figures(stages, "cells_by_export")
        .map(
            figures ->
                Chart.parted(
                    Chart.Kind.BARS,
                    "Cells by export",
                    "What the privacy gate let pass, what went into rows of places above, and what was"
                        + " withheld.",
                    "Export",
                    "cells",
                    Chart.split(figures)));
  }

  private static Optional<Chart> seconds(List<RunRecord> stages) {
    return figures(stages, "seconds_by_export")
        .map(
            figures ->
                Chart.parted(
                    Chart.Kind.BARS,
                    "Time by export",
                    "Seconds to make a release and remember it, for the privacy gate to judge it, and"
                        + " to publish it.",
                    "Export",
                    "s",
                    Chart.split(figures)));
  }

  private static Optional<Chart> records(List<RunRecord> stages) {
    return figures(stages, "records_by_export")
        .map(
            figures ->
                Chart.parted(
                    Chart.Kind.BARS,
                    "Records by export",
                    "Persons with a row in the release, and persons left out of it where they are"
                        + " enough to state.",
                    "Export",
                    "persons",
                    Chart.split(figures)));
  }

  private static Optional<Chart> audiences(List<RunRecord> stages) {
    return figures(stages, "audience_by_export")
        .map(
            figures ->
                Chart.parted(
                    Chart.Kind.BARS,
                    "Audiences by export",
                    "Persons in published lists, once a list, and members that are in none or wait"
                        + " to join, where they are enough to state.",
                    "Export",
                    "persons",
                    Chart.split(figures)));
  }

  /** Risks and utility of each export whose records were anonymized. */
  private static List<Chart> anonymizations(List<RunRecord> stages) {
    Map<String, Map<String, Map<String, Double>>> exports = new LinkedHashMap<>();
    for (RunRecord stage : stages) {
      stage
          .report()
          .breakdowns()
          .forEach(
              (name, figures) -> {
                int of = name.indexOf(OF);
                if (of > 0) {
                  exports
                      .computeIfAbsent(name.substring(of + OF.length()), e -> new LinkedHashMap<>())
                      .put(name.substring(0, of), figures);
                }
              });
    }
    List<Chart> charts = new ArrayList<>();
    exports.forEach(
        (export, breakdowns) ->
            AnonymizationCharts.of(breakdowns)
                .forEach(chart -> charts.add(chart.titled(export + ": " + chart.title()))));
    return charts;
  }

  /** The sum of a count over the stages that report it. */
  static long count(List<RunRecord> stages, String name) {
    return stages.stream().mapToLong(stage -> stage.report().counts().getOrDefault(name, 0L)).sum();
  }

  private static Optional<Map<String, Double>> figures(List<RunRecord> stages, String name) {
    return stages.stream()
        .map(stage -> stage.report().breakdowns().get(name))
        .filter(figures -> figures != null && !figures.isEmpty())
        .findFirst();
  }
}
