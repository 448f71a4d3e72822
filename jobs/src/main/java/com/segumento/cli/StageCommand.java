package com.segumento.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ingest}, {@code enrich}, {@code segment} or {@code export}: one stage of one client. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExamples:%n")
final class StageCommand implements Callable<Integer> {
  private static final String EXPORT = "export";

  private final Surroundings outside;
  private final String stage;
  private final ReplanOption replan = new ReplanOption();

  @Spec private CommandSpec spec;
  @Mixin private Common common;
  @Mixin private RunOptions options;

  @Option(names = "--client", required = true, paramLabel = "C", description = "Id of the client.")
  private String client;

  private StageCommand(Surroundings outside, String stage) {
    this.outside = outside;
    this.stage = stage;
  }

  static CommandLine of(Surroundings outside, String stage, String description) {
    StageCommand made = new StageCommand(outside, stage);
    CommandLine command = new CommandLine(made);
    command.setCommandName(stage);
    if (stage.equals(EXPORT)) {
      command.addMixin("replan", made.replan);
    }
    command
        .getCommandSpec()
        .usageMessage()
        .description(description, "Leaves out what is done already.")
        .footer(
            "  segumento " + stage + " --client acme --date 2026-03-01",
            "  segumento " + stage + " --client acme --date 2026-03-01 --json");
    return command;
  }

  @Override
  public Integer call() {
    return new StageRun(outside, common, options, replan, spec.commandLine())
        .run(
            List.of(client),
            () ->
                outside.stages().get().stream().filter(each -> each.name().equals(stage)).toList(),
            1);
  }
}
