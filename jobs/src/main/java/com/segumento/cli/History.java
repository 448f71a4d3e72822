package com.segumento.cli;

import com.segumento.lake.RunLedger;
import com.segumento.model.ConfigException;
import com.segumento.ops.RunJson;
import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the run ledger tells. */
final class History {
  /** A report compares its run with so many before it. */
  private static final int EARLIER_RUNS = 30;

  private final Surroundings outside;
  private final Common common;
  private final PrintWriter err;

  History(Surroundings outside, Common common, PrintWriter err) {
    this.outside = outside;
    this.common = common;
    this.err = err;
  }

  /** The runs of {@code date}, or where it is null the last {@code runs}. */
  String status(LocalDate date, int runs, boolean json) {
    if (runs < 1) {
      throw ConfigException.invalid("--runs", runs, "an integer of at least 1");
    }
    RunLedger ledger = ledger("status");
    List<RunRecord> records = date == null ? ledger.recent(runs) : ledger.records(date);
    if (json) {
      return RunJson.json(records);
    }
    // Of the last runs it is not known whether an earlier one of the date took a drop in.
    return date == null ? text(records) : text(records) + withoutDrop(records, date);
  }

  private static String withoutDrop(List<RunRecord> records, LocalDate date) {
    Map<String, Boolean> skipped = new TreeMap<>();
    for (RunRecord record : records) {
      if (record.stage().equals(Figures.INGEST)) {
        skipped.merge(record.client(), record.status() == Status.SKIPPED, Boolean::logicalAnd);
      }
    }
    skipped.values().removeIf(all -> !all);
    return SummaryView.withoutDrop(skipped.keySet(), date);
  }

  /** Writes the page of each run to its file. */
  void reports(Map<String, Path> files) {
    RunLedger ledger = ledger("report " + String.join(" ", files.keySet()));
    files.forEach((run, file) -> report(ledger, run, file));
  }

  private static void report(RunLedger ledger, String run, Path file) {
    List<RunRecord> records = ledger.run(run);
    if (records.isEmpty()) {
      throw new ConfigException(
          "No run " + run + " is in the ledger. Its id is in: segumento status");
    }
    List<RunRecord> earlier =
        ledger.recent(EARLIER_RUNS).stream().filter(record -> !record.run().equals(run)).toList();
    try {
      Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      Files.writeString(file, RunReport.html(records, earlier));
    } catch (IOException e) {
      throw new ConfigException(
          "The report cannot be written to "
              + file
              + (Files.isDirectory(file)
                  ? ", which is a folder. Name a file in it as --output."
                  : ". Choose another --output."),
          e);
    }
  }

  static String text(List<RunRecord> records) {
    if (records.isEmpty()) {
      return "Nothing ran.";
    }
    Table table = new Table("run", "client", "stage", "status", "seconds", "result");
    for (RunRecord record : records) {
      table.row(
          record.run(),
          record.client(),
          record.stage(),
          record.status().name().toLowerCase(Locale.ROOT),
          Figures.seconds(record.seconds()),
          result(record));
    }
    return table.toString();
  }

  private RunLedger ledger(String work) {
    try (ConsoleProgress progress = ConsoleProgress.of(outside, err)) {
      Workbench bench = Workbench.open(outside, common, progress, work);
      return RunLedger.open(bench.spark(), bench.lake());
    }
  }

  // A stage that refused a part has figures of the rest.
  private static String result(RunRecord record) {
    String figure = Figures.main(record.report());
    if (record.error() == null) {
      return figure;
    }
    String error = record.error().lines().findFirst().orElse("");
    return figure.isEmpty() ? error : figure + ". " + error;
  }
}
