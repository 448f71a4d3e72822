package com.segumento.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.size;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.contract.ContractColumn;
import com.segumento.contract.Delivered;
import com.segumento.contract.JudgeRows;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.ExclusionsTable;
import com.segumento.lake.MarkedWrites;
import com.segumento.lake.VaultWriter;
import com.segumento.lake.Workspace;
import com.segumento.model.Events;
import com.segumento.model.Quarantine;
import com.segumento.model.Vault;
import com.segumento.ops.StageReport;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in drops of one dataset: inspects, judges, counts, decides, writes. */
final class DatasetIngest {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetIngest.class);
  private static final StructType FILES =
      new StructType()
          .add(Delivered.FILE_URI.structField())
          .add(Events.DROP_ID.structField())
          .add(Events.DROP_DATE.structField())
          .add(Quarantine.FILE.structField());

  private final Workspace workspace;
  private final DatasetContract contract;
  private final List<ContractColumn> columns;
  private final UserDefinedFunction personKey;
  private final StageReport.Builder report;
  private final DeltaTables tables;
  private final MarkedWrites writes;
  private final DropTable table;
  private final Quarantined quarantine;
  private final JudgeRows.Tokens tokens;

  DatasetIngest(
      Workspace workspace,
      DatasetContract contract,
      UserDefinedFunction personKey,
      StageReport.Builder report) {
    this.workspace = workspace;
    this.contract = contract;
    this.columns = ContractColumn.of(contract);
    this.personKey = personKey;
    this.report = report;
    this.tables = workspace.lake().tables();
    this.writes = new MarkedWrites(workspace.spark());
    var layout = workspace.lake().layout();
    this.table =
        new DropTable(contract, columns, layout.table(workspace.clientId(), contract.name()));
    this.quarantine = new Quarantined(layout.quarantine(workspace.clientId(), contract.name()));
    this.tokens = tokens(workspace.client(), contract);
  }

  /** Kept of the datasets that say who the persons are, where activation is contracted. */
  private static JudgeRows.Tokens tokens(Client client, DatasetContract contract) {
    boolean profiles =
        client.datasets().stream().anyMatch(each -> each.kind() == DatasetContract.Kind.PROFILE);
    boolean persons = !profiles || contract.kind() == DatasetContract.Kind.PROFILE;
    return client.agreement().activation() && persons
        ? JudgeRows.Tokens.KEPT
        : JudgeRows.Tokens.FORGOTTEN;
  }

  DropTable table() {
    return table;
  }

  Map<String, Long> marks() {
    return writes.marks(table.path());
  }

  /** Marks snapshots that came after a newer one as ingested; their rows are never read. */
  void skip(List<Drop> drops) {
    Map<String, Long> marks = new TreeMap<>();
    drops.forEach(drop -> marks.put(drop.id(), drop.mark()));
    writes.mark(table.path(), marks, note(drops));
    report.count("drops_ingested", drops.size());
  }

  /** Takes in {@code drops} in one commit; gives those that are refused. */
  List<Refused> ingest(List<Drop> drops) {
    Inspection inspection = Inspection.of(workspace.spark(), contract, drops);
    List<Refused> refused = new ArrayList<>(inspection.refused());
    if (inspection.sound().isEmpty()) {
      return refused;
    }
    Dataset<Row> judged =
        inspection
            .rows(workspace.spark(), contract, columns)
            .map(rows -> judge(rows, inspection.sound()))
            .orElse(null);
    if (judged == null) {
      decide(inspection.sound(), new Tally(contract, columns, Map.of()), null, refused);
      return refused;
    }
    // Counts, quarantine and table each need all rows. They are read, parsed and keyed once and
    // kept on the executors' disks, token-free where there is no vault: also what is committed is
    // what was counted.
    judged.persist(StorageLevel.DISK_ONLY());
    try {
      decide(inspection.sound(), Tally.of(contract, columns, judged), judged, refused);
      return refused;
    } finally {
      judged.unpersist();
    }
  }

  private Dataset<Row> judge(Dataset<Row> rows, List<Drop> drops) {
    Integer maxAge = contract.expectations().maxEventAgeDays();
    JudgeRows judge =
        new JudgeRows(
            contract,
            columns,
            maxAge == null ? workspace.client().retention().eventsDays() : maxAge,
            personKey,
            tokens);
    // n:1, a file is of one drop.
    Dataset<Row> judged =
        rows.join(broadcast(files(drops)), Delivered.FILE_URI.name()).transform(judge::apply);
    return new ErasedRows(ExclusionsTable.of(workspace)).apply(judged);
  }

  private Dataset<Row> files(List<Drop> drops) {
    List<Row> files = new ArrayList<>();
    for (Drop drop : drops) {
      drop.files()
          .forEach(
              (path, uri) ->
                  files.add(
                      RowFactory.create(
                          Delivered.fileUri(uri), drop.id(), Date.valueOf(drop.date()), path)));
    }
    return workspace.spark().createDataFrame(files, FILES);
  }

  private void decide(List<Drop> drops, Tally tally, Dataset<Row> judged, List<Refused> refused) {
    List<Drop> accepted = new ArrayList<>();
    for (Drop drop : drops) {
      report.count("rows_in", tally.rows(drop));
      List<String> problems = tally.problems(drop);
      if (problems.isEmpty()) {
        accepted.add(drop);
      } else {
        refused.add(drop.refused(problems));
      }
    }
    if (!accepted.isEmpty()) {
      write(drops, accepted, tally, judged);
    }
  }

  private void write(List<Drop> drops, List<Drop> accepted, Tally tally, Dataset<Row> judged) {
    table.declare(tables);
    Dataset<Row> rows = judged == null ? null : judged.filter(ofDrops(accepted));
    long quarantined = accepted.stream().mapToLong(tally::quarantined).sum();
    long good = accepted.stream().mapToLong(tally::good).sum();
    if (rows != null) {
      Dataset<Row> bad = rows.filter(ErasedRows.kept(size(Quarantine.REASONS.col()).gt(0)));
      quarantine.replace(tables, writes, bad, ids(drops), quarantined, note(accepted));
      if (quarantined > 0) {
        Tally.reasons(bad)
            .forEach(
                (reason, count) ->
                    report.breakdown(
                        "quarantined_by_reason", contract.name() + ": " + reason, count));
      }
    }
    if (good > 0 && tokens == JudgeRows.Tokens.KEPT) {
      // Before the table: a person of the table is in the vault, wherever a run is killed.
      VaultWriter.open(workspace)
          .add(
              rows.filter(size(Quarantine.REASONS.col()).equalTo(0))
                  .select(Quarantine.PERSON_KEY.col(), Vault.TOKEN.col()),
              note(accepted));
    }
    DropCommit commit = new DropCommit(table, tables, writes, note(accepted));
    long stored =
        rows == null || good == 0
            ? commit.nothing(accepted)
            : commit.rows(accepted, rows.filter(size(Quarantine.REASONS.col()).equalTo(0)), good);
    long erased = accepted.stream().mapToLong(tally::erased).sum();
    tell(accepted.size(), good, stored, quarantined, erased);
  }

  private void tell(int drops, long good, long stored, long quarantined, long erased) {
    report.count("rows_ingested", stored);
    report.count("rows_quarantined", quarantined);
    report.count("rows_duplicate", good - stored);
    report.count("drops_ingested", drops);
    if (erased > 0) {
      report.count("rows_refused_erased", erased);
    }
    report.breakdown("rows_by_dataset", contract.name(), (double) stored);
    report.breakdown("quarantined_by_dataset", contract.name(), (double) quarantined);
    LOG.info(
        "Ingested drops: client={} dataset={} drops={} rows={} quarantined={} duplicate={}"
            + " erased={}",
        workspace.client().client(),
        contract.name(),
        drops,
        stored,
        quarantined,
        good - stored,
        erased);
  }

  private static Column ofDrops(List<Drop> drops) {
    return Events.DROP_ID.col().isin(ids(drops).toArray());
  }

  private static List<String> ids(List<Drop> drops) {
    return drops.stream().map(Drop::id).toList();
  }

  private Map<String, String> note(List<Drop> drops) {
    return Map.of(
        "stage", IngestStage.NAME,
        "date", workspace.date().toString(),
        "run", workspace.run(),
        "drop", String.join(" ", ids(drops)));
  }
}
