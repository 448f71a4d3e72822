package com.segumento.cli;

import com.segumento.ops.StageReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A stage's main figures, and how figures are written. */
final class Figures {
  /** The stage that takes drops in. */
  static final String INGEST = "ingest";

  private static final Map<String, String> MAIN =
      Map.of(
          INGEST,
          "rows_ingested",
          "enrich",
          "persons",
          "segment",
          "memberships",
          "export",
          "cells_published",
          "retention",
          "rows_erased");

  private static final List<String> FURTHER =
      List.of("records_published", "audience_published", "objects_scanned", "objects_deleted");

  private Figures() {}

  /** What the stage is about, such as {@code 1200 persons}; empty where nothing was done. */
  static String main(StageReport report) {
    String name = MAIN.getOrDefault(report.stage(), "");
    return Stream.concat(Stream.of(name), FURTHER.stream())
        .filter(report.counts()::containsKey)
        .map(figure -> said(figure, report.counts().get(figure)))
        .collect(Collectors.joining(", "));
  }

  private static String said(String name, long value) {
    return value + " " + name.replace('_', ' ');
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }
}
