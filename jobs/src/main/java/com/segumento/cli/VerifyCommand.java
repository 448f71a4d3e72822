package com.segumento.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verify --audit}: proves the chain of the audit. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks again, from scratch, what must not have changed.",
    footerHeading = "%nExamples:%n",
    footer = "  segumento verify --audit")
final class VerifyCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(
      names = "--audit",
      description = "Follow the hash chain of the audit from its first entry.")
  private boolean audit;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VerifyCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    if (!audit) {
      throw new ParameterException(spec.commandLine(), "Say what to verify: --audit.");
    }
    return new AuditCheck(outside, common, spec.commandLine()).run(json);
  }
}
