package com.segumento.cli;

import com.segumento.config.Client;
import com.segumento.lake.Stage;
import com.segumento.ops.Progress;
import com.segumento.pipeline.ClientOutcome;
import com.segumento.pipeline.Failure;
import com.segumento.pipeline.Nightly;
import com.segumento.pipeline.Parts;
import com.segumento.pipeline.Summary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Runs stages for clients, and says how it ended. */
final class StageRun {
  private final Surroundings outside;
  private final Common common;
  private final RunOptions options;
  private final ReplanOption replan;
  private final CommandLine command;

  StageRun(
      Surroundings outside,
      Common common,
      RunOptions options,
      ReplanOption replan,
      CommandLine command) {
    this.outside = outside;
    this.common = common;
    this.options = options;
    this.replan = replan;
    this.command = command;
  }

  /**
   * The exit status.
   *
   * @param parallel clients worked on at the same time
   */
  int run(List<String> named, Supplier<List<Stage>> stages, int parallel) {
    return run(named, stages, parallel, new Around() {});
  }

  /** What is done before the stages and after them. */
  interface Around {
    default void before(Parts parts, List<Client> clients, Progress progress) {}

    /** What came of it all. */
    default Summary after(Parts parts, Summary stages, Progress progress) {
      return stages;
    }
  }

  int run(List<String> named, Supplier<List<Stage>> stages, int parallel, Around around) {
    Summary summary;
    try (ConsoleProgress progress = ConsoleProgress.of(outside, command.getErr())) {
      Workbench bench =
          Workbench.open(
              outside, common, progress, command.getCommandName() + " " + options.date, named);
      Parts parts = bench.parts();
      Nightly nightly =
          new Nightly(
              replan.applied(parts.engine(stages.get(), progress, Version.version())), parallel);
      List<Client> clients =
          nightly.clients(
              options.date, named.stream().filter(id -> !bench.broken().containsKey(id)).toList());
      if (named.isEmpty()) { // who names a client that is gone is refused
        clients = present(parts, clients);
      }
      around.before(parts, clients, progress);
      summary =
          around.after(parts, nightly.run(options.date, clients).with(bench.broken()), progress);
      outside.opened().ran(summary);
      if (!summary.idle()) {
        progress.begin("alerts");
        parts.tell(summary);
        progress.end("done");
      }
    }
    command.getOut().println(options.json ? SummaryView.json(summary) : SummaryView.text(summary));
    failures(summary, command.getErr());
    return summary.exitStatus();
  }

  private List<Client> present(Parts parts, List<Client> clients) {
    List<Client> present = new ArrayList<>();
    for (Client client : clients) {
      parts
          .leftOut(client.client())
          .ifPresentOrElse(
              why -> Failures.print(command.getErr(), "left out: " + why),
              () -> present.add(client));
    }
    return present;
  }

  private static void failures(Summary summary, PrintWriter err) {
    for (ClientOutcome client : summary.failed()) {
      Failure failure = client.failure().orElseThrow();
      failure.message().lines().forEach(line -> Failures.print(err, client.client() + ": " + line));
    }
    int failed = summary.failed().size();
    if (failed > 0 && failed < summary.clients().size()) {
      String ids =
          summary.failed().stream().map(ClientOutcome::client).collect(Collectors.joining(", "));
      Failures.print(
          err,
          String.format(
              "%d of %d clients failed: %s. The others are done. Remove the causes and run the"
                  + " same command again.",
              failed, summary.clients().size(), ids));
    }
    if (summary.failed().stream()
        .flatMap(client -> client.failure().stream())
        .anyMatch(failure -> failure.exitStatus() == Failure.UNEXPECTED)) {
      err.println("Log: " + Log.place());
    }
  }
}
