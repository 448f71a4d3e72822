package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.segumento.config.Client;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.model.Law;
import com.segumento.model.RequestKind;
import com.segumento.ops.Ticker;
import com.segumento.pipeline.Requesting;
import com.segumento.request.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code request submit}: tokens come by file or standard input, never as an argument. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a request of persons into a client's queue and prints its id.",
      "It is carried out by the next request run, or night. The tokens are a csv file with the"
          + " header token, or JSON lines; a correction has the columns to set beside it, a"
          + " nomination the column nominee."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento request submit --client acme --kind erase --law gdpr --tokens tokens.csv",
      "  segumento request submit --client acme --kind access --law dpdp --tokens - < tokens.csv",
      "  segumento request submit --client acme --kind correct --law gdpr --dataset customers"
          + " --tokens new.json --received 2026-03-01",
      "  segumento request submit --client acme --kind lift --lifts restrict --law gdpr"
          + " --tokens tokens.csv"
    })
final class SubmitRequestCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(names = "--client", required = true, paramLabel = "C", description = "Id of the client.")
  private String client;

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "K",
      description = "access, port, correct, erase, withdraw, restrict, object, lift or nominate.")
  private RequestKind kind;

  @Option(
      names = "--law",
      required = true,
      paramLabel = "L",
      description = "gdpr or dpdp: sets the deadline.")
  private Law law;

  @Option(
      names = "--tokens",
      required = true,
      paramLabel = "F",
      description = "File with the tokens, .csv or .json; - for csv on standard input.")
  private String tokens;

  @Option(
      names = "--received",
      paramLabel = "T",
      description = "When the request was received: a date or an instant. Default: now.")
  private String received;

  @Option(
      names = "--dataset",
      paramLabel = "D",
      description = "The dataset that is corrected, or whose tokens these are.")
  private String dataset;

  @Option(
      names = "--lifts",
      paramLabel = "K",
      description = "Of a lift: restrict, object or withdraw.")
  private RequestKind lifts;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SubmitRequestCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    ClientId id = new ClientId(client);
    Submission submission =
        new Submission(
            kind,
            law,
            Optional.ofNullable(received),
            Optional.ofNullable(dataset),
            Optional.ofNullable(lifts),
            !tokens.endsWith(".json"));
    String request;
    try (InputStream in = open();
        ConsoleProgress progress = ConsoleProgress.of(outside, spec.commandLine().getErr())) {
      Workbench bench =
          Workbench.open(outside, common, progress, "request submit " + id, List.of(id.value()));
      Client of = bench.configuration().client(id);
      request =
          new Requesting(
                  bench.parts(),
                  bench.parts().engine(List.of(), progress, Version.version()),
                  workspace -> false)
              .submit(of, Ticker.now().atZone(ZoneOffset.UTC).toLocalDate(), submission, in);
    } catch (IOException e) {
      throw unreadable(e);
    }
    spec.commandLine()
        .getOut()
        .println(
            json
                ? JsonNodeFactory.instance
                    .objectNode()
                    .put("client", client)
                    .put("request_id", request)
                    .toString()
                : request);
    return 0;
  }

  private InputStream open() {
    try {
      return tokens.equals(STANDARD_INPUT) ? outside.in() : Files.newInputStream(Path.of(tokens));
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  // What was given may be a token itself, and is not shown.
  private static ConfigException unreadable(Exception cause) {
    return new ConfigException(
        "The tokens cannot be read. Expected --tokens to be a readable file, or - for standard"
            + " input.",
        cause);
  }
}
