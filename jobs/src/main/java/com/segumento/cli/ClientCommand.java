package com.segumento.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code client}: requests of a whole client. */
@Command(
    name = "client",
    mixinStandardHelpOptions = true,
    description = "Carries out requests of a whole client.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento client export --client acme",
      "  segumento client offboard --client acme --dry-run"
    })
final class ClientCommand implements Runnable {
  private final Surroundings outside;

  @Spec private CommandSpec spec;

  ClientCommand(Surroundings outside) {
    this.outside = outside;
  }

  /** What each of them has. */
  static final class Of {
    @Mixin Common common;

    @Option(
        names = "--client",
        required = true,
        paramLabel = "C",
        description = "Id of the client.")
    String client;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;
  }

  /** What those have that remove something. */
  static final class Removal {
    @Option(names = "--dry-run", description = "Only say what would be done.")
    boolean dryRun;

    @Option(
        names = "--confirm",
        paramLabel = "C",
        description = "The client's id once more: without it nothing is removed.")
    String confirm;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: export, archive, restore, offboard, hold or release.");
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Writes all data of a client to its own exports: Parquet files, and a manifest with schema,"
            + " meanings and checksums.",
        "It is the client's own data and did not go through the privacy gate: give it to nobody"
            + " else."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  segumento client export --client acme",
        "  segumento client export --client acme --to exports/acme/_full/final --json"
      })
  int export(
      @Mixin Of of,
      @Option(
              names = "--to",
              paramLabel = "P",
              description = "Folder in exports/C/_full/ of the lake. Default: one of this second.")
          String to) {
    return new ClientRequests(outside, of, spec.commandLine()).export(to);
  }

  @Command(
      name = "archive",
      mixinStandardHelpOptions = true,
      description = {
        "Moves all of a client to archive/C/<id>/, byte for byte, with checksums read again;"
            + " nothing is run for it until it is restored."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  segumento client archive --client acme --dry-run",
        "  segumento client archive --client acme --confirm acme"
      })
  int archive(@Mixin Of of, @Mixin Removal removal) {
    return new ClientRequests(outside, of, spec.commandLine()).archive(removal);
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Moves a client back from its archive, byte for byte.",
      footerHeading = "%nExamples:%n",
      footer = "  segumento client restore --client acme")
  int restore(@Mixin Of of) {
    return new ClientRequests(outside, of, spec.commandLine()).restore();
  }

  @Command(
      name = "offboard",
      mixinStandardHelpOptions = true,
      description = {
        "Deletes everything of a client, its keys at last, and issues a signed certificate once all"
            + " of it was listed empty. There is no way back.",
        "Versions that a bucket keeps, replicas and backups of the credential provider are outside."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  segumento client offboard --client acme --dry-run",
        "  segumento client offboard --client acme --confirm acme --json"
      })
  int offboard(@Mixin Of of, @Mixin Removal removal) {
    return new ClientRequests(outside, of, spec.commandLine()).offboard(removal);
  }

  @Command(
      name = "hold",
      mixinStandardHelpOptions = true,
      description = "Lays a legal hold on a client: nothing of it is deleted until it is lifted.",
      footerHeading = "%nExamples:%n",
      footer = "  segumento client hold --client acme --reason \"case 2026-17\"")
  int hold(
      @Mixin Of of,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "WHY",
              description = "Why; names no person.")
          String reason) {
    return new ClientRequests(outside, of, spec.commandLine()).hold(reason);
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = "Lifts the legal hold on a client.",
      footerHeading = "%nExamples:%n",
      footer = "  segumento client release --client acme --reason \"case 2026-17 is closed\"")
  int release(
      @Mixin Of of,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "WHY",
              description = "Why; names no person.")
          String reason) {
    return new ClientRequests(outside, of, spec.commandLine()).release(reason);
  }
}
