package com.segumento.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verify}: a published release, a certificate of deletion, or the chain of the audit. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks again, from scratch, what must not have changed.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento verify --path exports/acme/monthly_insight/dt=2026-03-01/run=2026-03-01-1",
      "  segumento verify --path s3a://bucket/exports/acme/panel/dt=2026-03-01/run=2026-03-01-1 --json",
      "  segumento verify --certificate erasure-acme-r-2026-0001",
      "  segumento verify --certificate certificate.json --json",
      "  segumento verify --audit",
      "",
      "Of a release: 0 all guarantees hold, 3 one is violated, 1 one could not be derived again and",
      "it says why, 2 there is no release. Of a certificate: 0 it is ours and unchanged, 1 it is",
      "not, 2 there is none."
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

  @Option(
      names = "--certificate",
      paramLabel = "ID",
      description = {
        "Check a certificate of deletion, by its id or from a file: its signature, and that it is",
        "in the ledger as it was issued."
      })
  private String certificate;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VerifyCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    if ((audit ? 1 : 0) + (path != null ? 1 : 0) + (certificate != null ? 1 : 0) != 1) {
      throw new ParameterException(
          spec.commandLine(), "Say what to verify: --path, --certificate or --audit.");
    }
    if (certificate != null) {
      return new CertificateCheck(outside, common, spec.commandLine()).run(certificate, json);
    }
    if (path != null) {
      return new ReleaseCheck(outside, common, spec.commandLine()).run(path, json);
    }
    return new AuditCheck(outside, common, spec.commandLine()).run(json);
  }
}
