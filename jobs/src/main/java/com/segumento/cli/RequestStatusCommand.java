package com.segumento.cli;

import com.segumento.lake.RequestLedger;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.ops.RequestPage;
import com.segumento.ops.RequestRecord;
import com.segumento.ops.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code request status}: how far requests are. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how far requests of persons are, and until when they have to be done.",
      "With --client and --id: all steps of one."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento request status",
      "  segumento request status --client acme --id op-2026-03-01-1a2b3c4d --json",
      "  segumento request status --html requests.html"
    })
final class RequestStatusCommand implements Callable<Integer> {
  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(names = "--client", paramLabel = "C", description = "Only this client's.")
  private String client;

  @Option(names = "--id", paramLabel = "R", description = "Only this request.")
  private String id;

  @Option(names = "--json", description = "Print JSON, with the details of every step.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write one self-contained HTML page.")
  private Path html;

  RequestStatusCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    List<RequestRecord> records = records();
    if (html != null) {
      page(records);
      spec.commandLine().getOut().println("Requests: " + html.toAbsolutePath());
    } else {
      spec.commandLine()
          .getOut()
          .println(json ? RequestView.json(records) : RequestView.text(records, "There are none."));
    }
    return 0;
  }

  private List<RequestRecord> records() {
    try (ConsoleProgress progress = ConsoleProgress.of(outside, spec.commandLine().getErr())) {
      Workbench bench = Workbench.open(outside, common, progress, "request status");
      RequestLedger ledger = RequestLedger.open(bench.spark(), bench.lake());
      if (client == null) {
        return ledger.newest().stream()
            .filter(record -> id == null || record.id().equals(id))
            .toList();
      }
      ClientId of = new ClientId(client);
      return id == null || html != null
          ? ledger.newest(of).stream()
              .filter(record -> id == null || record.id().equals(id))
              .toList()
          : ledger.history(of, id);
    }
  }

  private void page(List<RequestRecord> records) {
    try {
      Files.createDirectories(Objects.requireNonNull(html.toAbsolutePath().getParent()));
      Files.writeString(
          html, RequestPage.html(records, Ticker.now().atZone(ZoneOffset.UTC).toLocalDate()));
    } catch (IOException e) {
      throw new ConfigException(
          "The page cannot be written to " + html + ". Choose another --html.", e);
    }
  }
}
