package com.segumento.cli;

import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: what ran. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows what ran and how it ended.",
    footerHeading = "%nExamples:%n",
    footer = {"  segumento status", "  segumento status --date 2026-03-01 --json"})
final class StatusCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "Runs of this business date. Default: the runs begun last.")
  private LocalDate date;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many of the last runs. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(names = "--json", description = "Print JSON, with every figure of every stage.")
  private boolean json;

  StatusCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    String status =
        new History(outside, common, spec.commandLine().getErr()).status(date, runs, json);
    spec.commandLine().getOut().println(status);
    return 0;
  }
}
