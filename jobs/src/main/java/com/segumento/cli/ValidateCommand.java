package com.segumento.cli;

import com.segumento.model.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code validate}: checks all configuration, touches no data. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks all configuration and every expression in it, and warns of secrets that the"
            + " credential provider lacks, where one is set; touches no data.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento validate",
      "  segumento validate --client acme",
      "  segumento validate --conf /etc/segumento --json"
    })
final class ValidateCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(
      names = "--client",
      paramLabel = "C",
      description = "Check the expressions of this client only.")
  private String client;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ValidateCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    Validation validation = new Validation(outside, common, spec.commandLine().getErr());
    try {
      spec.commandLine().getOut().println(validation.check(client, json));
      return 0;
    } catch (ConfigException e) {
      if (json) {
        spec.commandLine().getOut().println(Validation.invalid(e));
      }
      throw e;
    }
  }
}
