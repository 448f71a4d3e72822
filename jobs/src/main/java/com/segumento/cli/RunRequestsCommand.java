package com.segumento.cli;

import com.segumento.config.Client;
import com.segumento.lake.Holds;
import com.segumento.model.ClientId;
import com.segumento.model.PartlyDoneException;
import com.segumento.ops.RequestRecord;
import com.segumento.pipeline.ClientOutcome;
import com.segumento.pipeline.Failure;
import com.segumento.pipeline.Requesting;
import com.segumento.pipeline.Retaining;
import com.segumento.pipeline.RetentionStage;
import com.segumento.pipeline.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code request run}: carries out what is in the queues. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Carries out the requests in the queues of clients that were received up to the date.",
      "A night does so too. Persons to be erased are let in no more; retention removes and proves."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento request run --date 2026-03-01",
      "  segumento request run --client acme --date 2026-03-01 --json"
    })
final class RunRequestsCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;
  @Mixin private RunOptions options;

  @Option(
      names = "--client",
      paramLabel = "C",
      description = "Only this client; may be given again.")
  private List<String> clients = List.of();

  RunRequestsCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    List<Requesting.Carried> carried;
    Summary erased;
    try (ConsoleProgress progress = ConsoleProgress.of(outside, spec.commandLine().getErr())) {
      Workbench bench =
          Workbench.open(outside, common, progress, "request run " + options.date, clients);
      bench
          .broken()
          .forEach((id, why) -> Failures.print(spec.commandLine().getErr(), why.getMessage()));
      List<Client> of =
          clients.isEmpty()
              ? List.copyOf(bench.configuration().clients().values())
              : clients.stream()
                  .distinct()
                  .filter(id -> !bench.broken().containsKey(id))
                  .map(id -> bench.configuration().client(new ClientId(id)))
                  .toList();
      carried =
          new Requesting(
                  bench.parts(),
                  bench.parts().engine(List.of(), progress, Version.version()),
                  workspace -> Holds.of(workspace.lake()).active(workspace.clientId()))
              .run(options.date, of);
      erased =
          new Retaining(bench.parts(), RetentionStage.Scope.ERASURES, progress, Version.version())
              .run(options.date, of);
      outside.opened().ran(erased);
    }
    List<RequestRecord> steps = new ArrayList<>();
    carried.forEach(client -> steps.addAll(client.steps()));
    spec.commandLine()
        .getOut()
        .println(
            options.json ? RequestView.json(steps) : RequestView.text(steps, "No step taken."));
    return Math.max(failures(carried), failures(erased));
  }

  private int failures(Summary erased) {
    for (ClientOutcome client : erased.failed()) {
      Failures.print(
          spec.commandLine().getErr(),
          client.client() + ": " + client.failure().orElseThrow().message());
    }
    return erased.exitStatus();
  }

  private int failures(List<Requesting.Carried> carried) {
    List<Requesting.Carried> failed =
        carried.stream().filter(client -> client.failure().isPresent()).toList();
    int status = 0;
    for (Requesting.Carried client : failed) {
      Failure failure = client.failure().orElseThrow();
      Failures.print(spec.commandLine().getErr(), client.client() + ": " + failure.message());
      status = failure.exitStatus();
    }
    return failed.size() == carried.size() || failed.isEmpty()
        ? status
        : PartlyDoneException.EXIT_STATUS;
  }
}
