package com.segumento.cli;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/** Options of commands that run stages. */
final class RunOptions {
  @Option(
      names = "--date",
      required = true,
      paramLabel = "D",
      description = "Business date, as in 2026-03-01 (UTC).")
  LocalDate date;

  @Option(names = "--json", description = "Print the summary as JSON.")
  boolean json;
}
