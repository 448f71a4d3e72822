package com.segumento.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verify}: a published release, or the chain of the audit. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks again, from scratch, what must not have changed.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento verify --path exports/acme/monthly_insight/dt=2026-03-01/run=2026-03-01-1",
      "  segumento verify --path s3a://bucket/exports/acme/panel/dt=2026-03-01/run=2026-03-01-1 --json",
      "  segumento verify --audit",
      "",
      "Of a release: 0 all guarantees hold, 3 one is violated, 1 one could not be derived again as",
      "its sources are no longer kept, 2 there is no release."
    })
final class VerifyCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(
      names = "--audit",
      description = "Follow the hash chain of the audit from its first entry.")
  private boolean audit;

  @Option(
      names = "--path",
      paramLabel = "P",
      description = {
        "Check a published release again, guarantee by guarantee: its folder or manifest.json,",
        "below the lake or as a whole URI."
      })
  private String path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VerifyCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    if (audit == (path != null)) {
      throw new ParameterException(
          spec.commandLine(), "Say what to verify: either --path or --audit.");
    }
    if (path != null) {
      return new ReleaseCheck(outside, common, spec.commandLine()).run(path, json);
    }
    return new AuditCheck(outside, common, spec.commandLine()).run(json);
  }
}
