package com.segumento.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code request}: see its subcommands. */
@Command(
    name = "request",
    mixinStandardHelpOptions = true,
    description = "Requests of persons: access, correction, erasure and the others.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento request submit --client acme --kind erase --law gdpr --tokens tokens.csv",
      "  segumento request run --date 2026-03-01",
      "  segumento request status --client acme"
    })
final class RequestCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: submit, run or status.");
  }
}
