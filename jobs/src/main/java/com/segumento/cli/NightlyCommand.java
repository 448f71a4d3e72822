package com.segumento.cli;

import com.segumento.config.Client;
import com.segumento.lake.Holds;
import com.segumento.ops.Progress;
import com.segumento.pipeline.Benchmarking;
import com.segumento.pipeline.Parts;
import com.segumento.pipeline.Requesting;
import com.segumento.pipeline.Retaining;
import com.segumento.pipeline.RetentionStage;
import com.segumento.pipeline.Summary;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nightly}: all stages for all active clients. */
@Command(
    name = "nightly",
    mixinStandardHelpOptions = true,
    description = {
      "Runs all stages for all clients whose agreement covers the date.",
      "Goes on where a run of that date stopped; leaves out what is done already. One client's"
          + " failure stops no other."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento nightly --date 2026-03-01",
      "  segumento nightly --date 2026-03-01 --client acme --client retail",
      "  segumento nightly --date 2026-03-01 --parallel 8",
      "  segumento nightly --date 2026-03-01 --replan",
      "  segumento nightly --date 2026-03-01 --json --lake file:/var/lib/segumento"
    })
final class NightlyCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;
  @Mixin private RunOptions options;
  @Mixin private ReplanOption replan;

  @Option(
      names = "--client",
      paramLabel = "C",
      description = "Only this client; may be given again.")
  private List<String> clients = List.of();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "2",
      description = "Clients worked on at the same time; default ${DEFAULT-VALUE}.")
  private int parallel;

  NightlyCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    if (parallel < 1) {
      throw new ParameterException(
          spec.commandLine(), "--parallel is " + parallel + ". Expected at least 1.");
    }
    return new StageRun(outside, common, options, replan, spec.commandLine())
        .run(clients, outside.stages(), parallel, new Night());
  }

  /**
   * Requests of persons before the stages, also of clients that are not active; benchmarks and
   * retention after them.
   */
  private final class Night implements StageRun.Around {
    private List<Requesting.Carried> carried = List.of();

    @Override
    public void before(Parts parts, List<Client> of, Progress progress) {
      // Persons may ask before an agreement begins and until all of the client is gone.
      Requesting requests = requests(parts, progress);
      carried = requests.run(options.date, named(retaining(parts, progress)));
      requests.tellOf(
          options.date,
          parts.configuration().clients().values().stream()
              .filter(client -> parts.leftOut(client.client()).isPresent())
              .toList());
    }

    @Override
    public Summary after(Parts parts, Summary stages, Progress progress) {
      // Benchmarks are about all clients that agreed, never about some that were named.
      if (clients.isEmpty()) {
        new Benchmarking(parts, progress).publish(stages);
      }
      Retaining retaining = retaining(parts, progress);
      return stages
          .and(Requesting.failures(options.date, carried))
          .and(retaining.run(options.date, named(retaining)));
    }

    private Retaining retaining(Parts parts, Progress progress) {
      return new Retaining(parts, RetentionStage.Scope.ALL, progress, Version.version());
    }

    private List<Client> named(Retaining retaining) {
      return retaining.clients().stream()
          .filter(client -> clients.isEmpty() || clients.contains(client.client()))
          .toList();
    }
  }

  /** What carries out requests of persons. */
  static Requesting requests(Parts parts, Progress progress) {
    return new Requesting(
        parts,
        parts.engine(List.of(), progress, Version.version()),
        workspace -> Holds.of(workspace.lake()).active(workspace.clientId()));
  }
}
