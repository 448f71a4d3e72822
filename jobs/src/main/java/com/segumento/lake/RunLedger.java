package com.segumento.lake;

import com.segumento.model.Runs;
import com.segumento.ops.RunJson;
import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.Ticker;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The ledger of runs, {@code ops/runs}. It is only ever added to; of several rows of one run,
 * client and stage the newest holds. It grows with stages, never with persons.
 */
public final class RunLedger {
  /** After so many commits the ledger's small files are put together. */
  static final long COMPACT_EVERY = 100;

  private static final Map<String, String> APPEND_ONLY = Map.of("delta.appendOnly", "true");

  private final SparkSession spark;
  private final DeltaTables tables;
  private final String path;
  private final long compactEvery;

  private RunLedger(SparkSession spark, Lake lake, long compactEvery) {
    this.spark = spark;
    this.tables = lake.tables();
    this.path = lake.layout().ops(Runs.NAME);
    this.compactEvery = compactEvery;
  }

  /** The ledger of this lake, declared where it is not there yet. */
  public static RunLedger open(SparkSession spark, Lake lake) {
    return open(spark, lake, COMPACT_EVERY);
  }

  static RunLedger open(SparkSession spark, Lake lake, long compactEvery) {
    RunLedger ledger = new RunLedger(spark, lake, compactEvery);
    lake.tables().declare(ledger.path, Runs.SCHEMA, List.of(), APPEND_ONLY);
    return ledger;
  }

  /** Adds what is known of a stage now. */
  public void append(RunRecord record) {
    tables.append(
        path,
        spark.createDataFrame(List.of(row(record)), Runs.SCHEMA),
        Commit.of(
            Map.of("stage", record.stage(), "date", "" + record.date(), "run", record.run())));
    if (tables.version(path) % compactEvery == 0) {
      tables.compact(path);
    }
  }

  /** The stages of every run of a business date, in the order they began. */
  public List<RunRecord> records(LocalDate date) {
    return newest(Runs.BUSINESS_DATE.col().equalTo(functions.lit(date)));
  }

  /** The stages of every run of these business dates, both included, in the order they began. */
  public List<RunRecord> records(LocalDate from, LocalDate to) {
    return newest(Runs.BUSINESS_DATE.col().between(functions.lit(from), functions.lit(to)));
  }

  /** The stages of a run, in the order they began; none where there is no such run. */
  public List<RunRecord> run(String runId) {
    return newest(Runs.RUN.col().equalTo(runId));
  }

  /** The stages of the runs begun last, at most {@code runs} of them, in the order they began. */
  public List<RunRecord> recent(int runs) {
    Object[] ids =
        tables
            .read(path)
            .groupBy(Runs.RUN.col())
            .agg(functions.min(Runs.STARTED_AT.col()).as(Runs.STARTED_AT.name()))
            .orderBy(Runs.STARTED_AT.col().desc(), Runs.RUN.col().desc())
            .limit(runs)
            .collectAsList()
            .stream()
            .map(row -> row.<String>getAs(Runs.RUN.name()))
            .toArray();
    return newest(Runs.RUN.col().isin(ids));
  }

  /**
   * What stages of a client have reported that mentions {@code text}, from the first to begin; also
   * what the same stage of the same run has reported again since. Nothing where there is no ledger.
   *
   * @param since what was written down before is not looked at
   */
  static List<RunRecord> reports(
      SparkSession spark, Lake lake, String client, String text, Instant since) {
    String path = lake.layout().ops(Runs.NAME);
    if (!lake.tables().exists(path) || lake.tables().untouched(path)) {
      return List.of();
    }
    Column wanted =
        Runs.RECORDED_AT
            .col()
            .geq(functions.lit(Timestamp.from(since)))
            .and(Runs.CLIENT.col().equalTo(client))
            .and(Runs.REPORT.col().contains(text));
    return inOrder(
        lake.tables().read(path).filter(wanted).collectAsList().stream()
            .map(RunLedger::record)
            .toList());
  }

  private List<RunRecord> newest(Column wanted) {
    Map<List<String>, RunRecord> newest = new LinkedHashMap<>();
    List<Row> rows = new ArrayList<>(tables.read(path).filter(wanted).collectAsList());
    rows.sort(
        Comparator.<Row, Timestamp>comparing(row -> row.getAs(Runs.RECORDED_AT.name()))
            .thenComparing(row -> !row.getAs(Runs.STATUS.name()).equals(Status.RUNNING.name())));
    for (Row row : rows) {
      RunRecord record = record(row);
      newest.put(List.of(record.run(), record.client(), record.stage()), record);
    }
    return inOrder(newest.values());
  }

  private static List<RunRecord> inOrder(Collection<RunRecord> records) {
    return records.stream()
        .sorted(Comparator.comparing(RunRecord::startedAt).thenComparing(RunRecord::client))
        .toList();
  }

  private static Row row(RunRecord record) {
    return RowFactory.create(
        record.run(),
        java.sql.Date.valueOf(record.date()),
        record.client(),
        record.stage(),
        record.status().name(),
        record.inputs(),
        Timestamp.from(record.startedAt()),
        record.seconds(),
        record.error(),
        record.codeVersion(),
        RunJson.json(record.report()),
        Timestamp.from(Ticker.now()));
  }

  private static RunRecord record(Row row) {
    return new RunRecord(
        row.getAs(Runs.RUN.name()),
        row.<java.sql.Date>getAs(Runs.BUSINESS_DATE.name()).toLocalDate(),
        row.getAs(Runs.CLIENT.name()),
        row.getAs(Runs.STAGE.name()),
        Status.valueOf(row.getAs(Runs.STATUS.name())),
        row.getAs(Runs.INPUTS.name()),
        row.<Timestamp>getAs(Runs.STARTED_AT.name()).toInstant(),
        row.<Double>getAs(Runs.SECONDS.name()),
        row.getAs(Runs.ERROR.name()),
        row.getAs(Runs.CODE_VERSION.name()),
        RunJson.report(row.getAs(Runs.REPORT.name())));
  }
}
