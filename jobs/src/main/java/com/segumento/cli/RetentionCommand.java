package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Client;
import com.segumento.pipeline.ClientOutcome;
import com.segumento.pipeline.Requesting;
import com.segumento.pipeline.Retaining;
import com.segumento.pipeline.RetentionStage;
import com.segumento.pipeline.Summary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code retention}: expire, purge, vacuum, prove. */
@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description = {
      "Erases on request and proves it, deletes what has expired, and vacuums the tables.",
      "A legal hold keeps a client's data; the ledger says so."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento retention --date 2026-03-01 --dry-run",
      "  segumento retention --date 2026-03-01",
      "  segumento retention --date 2026-03-01 --client acme --json"
    })
final class RetentionCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;
  @Mixin private RunOptions options;

  @Option(
      names = "--client",
      paramLabel = "C",
      description = "Only this client; may be given again.")
  private List<String> clients = List.of();

  @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
  private boolean dryRun;

  RetentionCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    Summary summary;
    try (ConsoleProgress progress = ConsoleProgress.of(outside, spec.commandLine().getErr())) {
      Workbench bench =
          Workbench.open(outside, common, progress, "retention " + options.date, clients);
      Retaining retaining =
          new Retaining(bench.parts(), RetentionStage.Scope.ALL, progress, Version.version());
      List<Client> of = retaining.clients();
      if (dryRun) {
        print(retaining.plan(options.date, of));
        return 0;
      }
      List<Requesting.Carried> carried =
          NightlyCommand.requests(bench.parts(), progress).run(options.date, of);
      summary =
          Requesting.failures(options.date, carried)
              .and(retaining.run(options.date, of))
              .with(bench.broken());
      outside.opened().ran(summary);
    }
    spec.commandLine()
        .getOut()
        .println(options.json ? SummaryView.json(summary) : SummaryView.text(summary));
    for (ClientOutcome failed : summary.failed()) {
      Failures.print(
          spec.commandLine().getErr(),
          failed.client() + ": " + failed.failure().orElseThrow().message());
    }
    return summary.exitStatus();
  }

  private void print(Map<String, List<String>> plan) {
    if (options.json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      plan.forEach(
          (client, lines) ->
              lines.forEach(node.withArray(client.isEmpty() ? "platform" : client)::add));
      spec.commandLine().getOut().println(node);
      return;
    }
    plan.forEach(
        (client, lines) ->
            lines.forEach(
                line ->
                    spec.commandLine()
                        .getOut()
                        .println((client.isEmpty() ? "platform" : client) + ": " + line)));
    if (plan.values().stream().allMatch(List::isEmpty)) {
      spec.commandLine().getOut().println("There is nothing to do.");
    }
  }
}
