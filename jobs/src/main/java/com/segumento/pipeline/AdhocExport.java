package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.config.Export;
import com.segumento.config.Segments;
import com.segumento.export.ExportStage;
import com.segumento.lake.Lake;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.StageReport;
import com.segumento.ops.Stopwatch;
import com.segumento.ops.Ticker;
import com.segumento.privacy.MemoryTable;
import com.segumento.segment.ReadDefinitions;
import com.segumento.segment.SegmentDefinitions;
import com.segumento.segment.SegmentStage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * One export of a client with other segments in place of its own: computed aside of the tables of
 * the nights, made by the same engine and judged by the same gate.
 */
public final class AdhocExport {
  /** What the ledger of runs calls it. */
  static final String STAGE = "adhoc";

  private static final String FOLDER = "adhoc-";

  private final Engine engine;

  public AdhocExport(Engine engine) {
    this.engine = engine;
  }

  /**
   * What was done.
   *
   * @param report names the release under the export's name; not where the export was not due
   */
  public record Done(String run, StageReport report) {}

  /**
   * Publishes the export.
   *
   * @param definitions the client's, and what is exported
   * @param segments ids of those that are exported
   * @throws ConfigException where there is no such export, or it is an audience, whose next list
   *     goes on from the one before of the same segment; where a segment has the id of one that was
   *     published
   * @throws com.segumento.model.PrivacyRefused where the gate refuses it; nothing is published
   */
  public Done publish(
      Client client, Segments definitions, List<String> segments, String name, LocalDate date) {
    Export export = export(client, name);
    Nightly.requireAgreement(client, date);
    engine.check().accept(client.exporting(export)); // needs no secret of another export
    SegmentDefinitions.resolve(engine.spark(), client, definitions);
    Segments read = ReadDefinitions.of(definitions, segments, List.of(export));
    String run = new RunIds(date, engine.journal().records(date)).next();
    ClientId id = new ClientId(client.client());
    try (Leasing.Held lease = engine.leases().take(id, date, run)) {
      clear(id, date);
      Workspace own = engine.workspace(client, date, run);
      MemoryTable.requireUnknown(own, segments);
      Lake aside = own.lake().aside(FOLDER + run);
      SparkSession.setActiveSession(own.spark());
      try {
        Workspace exporting =
            new ClientTables(own).with(aside, read, client.exporting(export.of(segments)));
        return recorded(exporting, new ExportTelling(own, exporting, segments), lease);
      } finally {
        SparkSession.setActiveSession(engine.spark());
        clear(id, date);
      }
    }
  }

  private Done recorded(Workspace workspace, ExportTelling telling, Leasing.Held lease) {
    Instant startedAt = Ticker.now();
    Stopwatch watch = Stopwatch.start();
    StageReport.Builder report = StageReport.of(STAGE);
    record(workspace, Status.RUNNING, startedAt, watch, null, report);
    try {
      StageReport computed = new SegmentStage().run(workspace);
      computed.hashes().forEach(report::hash);
      lease.check();
      ExportStage.after(telling).adhoc().run(workspace, report);
    } catch (RuntimeException e) {
      Failure failure = Failure.of(e);
      record(workspace, failure.status(), startedAt, watch, failure.message(), report);
      throw e;
    }
    record(workspace, Status.DONE, startedAt, watch, null, report);
    return new Done(workspace.run(), report.build());
  }

  private void record(
      Workspace workspace,
      Status status,
      Instant startedAt,
      Stopwatch watch,
      String error,
      StageReport.Builder report) {
    engine
        .journal()
        .append(
            new RunRecord(
                workspace.run(),
                workspace.date(),
                workspace.client().client(),
                STAGE,
                status,
                "",
                startedAt,
                status == Status.RUNNING ? 0 : watch.seconds(),
                error,
                engine.codeVersion(),
                report.build()));
  }

  private static Export export(Client client, String name) {
    Export export = find(client, name);
    if (export.kind() == Export.Kind.AUDIENCE) {
      throw new ConfigException(
          "Export "
              + name
              + " of client "
              + client.client()
              + " is an audience, and no list of one is published ad hoc: its destination would"
              + " take it for the next list of a segment. Write the segment into the client's"
              + " segments file and name it in the export; the next run of the nights publishes"
              + " it.");
    }
    return export;
  }

  private static Export find(Client client, String name) {
    return client.exports().stream()
        .filter(export -> export.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "Client "
                        + client.client()
                        + " has no export "
                        + name
                        + ". Its exports are: "
                        + String.join(", ", client.exports().stream().map(Export::name).toList())
                        + "."));
  }

  /** Removes what this run, or one of the date that was killed, has computed. */
  private void clear(ClientId client, LocalDate date) {
    String staging = engine.lake().layout().staging(client);
    for (String folder : engine.lake().objects().names(staging)) {
      if (folder.startsWith(FOLDER + date)) {
        engine.lake().objects().delete(staging + "/" + folder);
      }
    }
  }
}
