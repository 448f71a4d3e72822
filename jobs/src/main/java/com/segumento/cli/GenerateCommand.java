package com.segumento.cli;

import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code generate}: synthetic client drops. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Puts synthetic drops into a client's landing zone.",
      "The same options give the same bytes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento generate --client acme --persons 20000 --days 58 --seed 7 --nights 2",
      "  segumento generate --client retail --source online-retail --nights 2"
    })
final class GenerateCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;
  @Mixin private Settings settings;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** What to generate. */
  static final class Settings {
    @Option(
        names = "--client",
        required = true,
        paramLabel = "C",
        description = "Id of the client whose contract the drops follow.")
    String client;

    @Option(
        names = "--source",
        paramLabel = "S",
        defaultValue = "synthetic",
        description = "synthetic or online-retail. Default: ${DEFAULT-VALUE}.")
    String source;

    @Option(
        names = "--persons",
        paramLabel = "N",
        defaultValue = "10000",
        description = "Persons by the last day. Default: ${DEFAULT-VALUE}.")
    long persons;

    @Option(
        names = "--days",
        paramLabel = "D",
        defaultValue = "30",
        description = "Days with events. Default: ${DEFAULT-VALUE}.")
    int days;

    @Option(
        names = "--seed",
        paramLabel = "S",
        defaultValue = "1",
        description = "Seed of all that looks random. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(
        names = "--from",
        paramLabel = "D",
        description = "First day with events. Default: the start of the agreement.")
    LocalDate from;

    @Option(
        names = "--nights",
        paramLabel = "N",
        defaultValue = "2",
        description =
            "Last days with a drop of their own; the first of these drops carries all before it."
                + " Default: ${DEFAULT-VALUE}.")
    int nights;
  }

  GenerateCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    String generated =
        new Loading(outside, common, spec.commandLine().getErr()).drops(settings, json);
    spec.commandLine().getOut().println(generated);
    return 0;
  }
}
