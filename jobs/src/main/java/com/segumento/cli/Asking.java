package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Client;
import com.segumento.config.Segments;
import com.segumento.export.ExportStage;
import com.segumento.lake.Stage;
import com.segumento.model.ClientId;
import com.segumento.pipeline.AdhocExport;
import com.segumento.pipeline.Answer;
import com.segumento.pipeline.Answering;
import com.segumento.pipeline.Engine;
import com.segumento.pipeline.Parts;
import com.segumento.pipeline.Question;
import com.segumento.segment.SegmentStage;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine;

/** What {@code adhoc} and {@code explain} ask of a client. */
final class Asking implements AutoCloseable {
  private final Surroundings outside;
  private final Common common;
  private final CommandLine command;
  private final ClientId id;
  private final LocalDate wanted;
  private ConsoleProgress progress;
  private Workbench bench;
  private LocalDate date;

  /**
   * @param wanted business date; the newest with profiles where it is null
   */
  Asking(Surroundings outside, Common common, CommandLine command, ClientId id, LocalDate wanted) {
    this.outside = outside;
    this.common = common;
    this.command = command;
    this.id = id;
    this.wanted = wanted;
  }

  /** Reads the configuration and starts Spark. */
  void open() {
    progress = ConsoleProgress.of(outside, command.getErr());
    bench =
        Workbench.open(
            outside, common, progress, command.getCommandName() + " " + id, List.of(id.value()));
    date = wanted == null ? bench.parts().newestDate(id) : wanted;
  }

  Client client() {
    return bench.configuration().client(id);
  }

  Segments definitions() {
    return bench.configuration().segments(id);
  }

  /** A question about segments, some of which may be the client's own. */
  Question question(
      Segments definitions, List<String> segments, boolean preview, boolean explained) {
    return new Question(
        command.getCommandName(), client(), definitions, segments, date, preview, explained);
  }

  AnswerView answer(Question question) {
    Parts parts = bench.parts();
    Answer answer =
        new Answering(parts, engine(parts, new SegmentStage()), progress, outside.margins())
            .answer(question);
    return new AnswerView(question, answer);
  }

  /** Publishes, and says what; the release's URI is null where the export was not due. */
  String publish(Segments definitions, List<String> segments, String export, boolean json) {
    AdhocExport.Done done =
        new AdhocExport(engine(bench.parts(), new SegmentStage(), new ExportStage()))
            .publish(client(), definitions, segments, export, date);
    outside.opened().ran(done.run());
    String release = done.report().outputs().get(export);
    if (json) {
      return published(done, segments, export).toString();
    }
    if (release == null) {
      return "Export " + export + " is not due yet; nothing was published.";
    }
    Table table = new Table("published", "");
    table.row("run", done.run());
    table.row("release", release);
    for (String segment : segments) {
      table.row("definition hash of " + segment, done.report().hashes().get(segment));
    }
    return table.toString();
  }

  private ObjectNode published(AdhocExport.Done done, List<String> segments, String export) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("client", id.value())
            .put("business_date", date.toString())
            .put("run", done.run())
            .put("export", export)
            .put("release", done.report().outputs().get(export));
    ObjectNode hashes = node.putObject("definition_hashes");
    segments.forEach(segment -> hashes.put(segment, done.report().hashes().get(segment)));
    return node;
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
  }

  private Engine engine(Parts parts, Stage... stages) {
    return parts.engine(List.of(stages), progress, Version.version());
  }
}
