package com.segumento.cli;

import com.segumento.ops.StageReport;
import java.util.Locale;
import java.util.Map;

/** A stage's main figures, and how figures are written. */
final class Figures {
  private static final Map<String, String> MAIN =
      Map.of(
          "ingest", "rows_ingested",
          "enrich", "persons",
          "segment", "memberships",
          "export", "cells_published");

  private static final String RECORDS = "records_published";

  private Figures() {}

  /** What the stage is about, such as {@code 1200 persons}; empty where nothing was done. */
  static String main(StageReport report) {
    String name = MAIN.getOrDefault(report.stage(), "");
    Long value = report.counts().get(name);
    Long records = report.counts().get(RECORDS);
    String main = value == null ? "" : said(name, value);
    if (records == null) {
      return main;
    }
    return main.isEmpty() ? said(RECORDS, records) : main + ", " + said(RECORDS, records);
  }

  private static String said(String name, long value) {
    return value + " " + name.replace('_', ' ');
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }
}
