package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Client;
import com.segumento.export.SharedFiles;
import com.segumento.lake.PresignedUrls;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.pipeline.Sharing;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code share}: URLs of a release that expire. */
@Command(
    name = "share",
    mixinStandardHelpOptions = true,
    description = {
      "Prints URLs by which a release's files and manifest can be read without a key, for a while.",
      "A URL is as good as a key: give it to nobody but the client. Only a release that is as it"
          + " was signed and was not found violated is shared, within the agreement; each sharing is"
          + " in the audit and in ops/usage. One that was asked for ad hoc is shared by its --run, or"
          + " where there is no other."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segumento share --client acme --export monthly_insight --expires 24h",
      "  segumento share --client acme --export panel --expires 30m --date 2026-03-01 --json",
      "  segumento share --client acme --export panel --expires 7d --run 2026-03-01-1"
    })
final class ShareCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([mhd])");

  private final Surroundings outside;

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(names = "--client", required = true, paramLabel = "C", description = "Id of the client.")
  private String client;

  @Option(names = "--export", required = true, paramLabel = "E", description = "Its export.")
  private String export;

  @Option(
      names = "--expires",
      required = true,
      paramLabel = "SPAN",
      description = "How long the URLs are good: minutes, hours or days, as in 30m, 24h, 7d.")
  private String expires;

  @ArgGroup private Which which;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Which release, where not the newest that is not ad hoc. */
  private static final class Which {
    @Option(
        names = "--date",
        paramLabel = "D",
        description = "The newest of this business date that is not ad hoc.")
    private LocalDate date;

    @Option(names = "--run", paramLabel = "R", description = "The one of this run.")
    private String run;
  }

  ShareCommand(Surroundings outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    Duration validFor = span(expires);
    ClientId id = new ClientId(client);
    SharedFiles.Wanted wanted =
        new SharedFiles.Wanted(
            export,
            Optional.ofNullable(which).map(of -> of.date),
            Optional.ofNullable(which).map(of -> of.run));
    Sharing.Shared shared;
    try (ConsoleProgress progress = ConsoleProgress.of(outside, spec.commandLine().getErr())) {
      Workbench bench =
          Workbench.open(outside, common, progress, "share " + id, List.of(id.value()));
      Client of = bench.configuration().client(id);
      shared = new Sharing(bench.parts(), progress).share(of, wanted, validFor);
    }
    spec.commandLine().getOut().println(json ? json(shared) : text(shared));
    return 0;
  }

  /** A span of time, within what S3 allows. */
  static Duration span(String text) {
    Matcher matcher = SPAN.matcher(text);
    Duration span = Duration.ZERO;
    if (matcher.matches()) {
      int number = Integer.parseInt(matcher.group(1));
      span =
          switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
    }
    if (span.compareTo(SHORTEST) < 0 || span.compareTo(PresignedUrls.LONGEST) > 0) {
      throw ConfigException.invalid(
          "--expires", text, "minutes, hours or days from 1m to 7d, as in 24h");
    }
    return span;
  }

  private String text(Sharing.Shared shared) {
    StringBuilder text = new StringBuilder();
    Table table = new Table("client", client);
    table.row("export", export);
    table.row("run", shared.run());
    table.row("expires at", shared.expiresAt().toString());
    text.append(table);
    notes(shared).forEach(note -> text.append("\n\n").append(note));
    for (Sharing.Link link : shared.links()) {
      text.append("\n\n").append(link.file()).append(", ").append(link.bytes());
      text.append(" bytes\n").append(link.url());
    }
    return text.toString();
  }

  /** What has to be known of the choice of the release. */
  static List<String> notes(Sharing.Shared shared) {
    List<String> notes = new ArrayList<>();
    if (shared.adhoc()) {
      notes.add(
          "Run " + shared.run() + " was asked for ad hoc: it has not the segments of the nights.");
    }
    for (String run : shared.leftOut()) {
      notes.add(
          "Run " + run + " was asked for ad hoc and is left out. Share it with: --run " + run);
    }
    return notes;
  }

  private String json(Sharing.Shared shared) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("client", client)
            .put("export", export)
            .put("run", shared.run())
            .put("business_date", shared.date().toString())
            .put("adhoc", shared.adhoc())
            .put("expires_at", shared.expiresAt().toString());
    shared.leftOut().forEach(node.putArray("left_out")::add);
    node.putArray("files");
    for (Sharing.Link link : shared.links()) {
      node.withArray("files")
          .addObject()
          .put("path", link.file())
          .put("bytes", link.bytes())
          .put("url", link.url());
    }
    return node.toString();
  }
}
