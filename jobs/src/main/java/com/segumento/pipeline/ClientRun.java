package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.SafeTrace;
import com.segumento.ops.StageReport;
import com.segumento.ops.Stopwatch;
import com.segumento.ops.Ticker;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages of one client in one run, under its lease. Of one thread, for one use. */
final class ClientRun {
  private static final Logger LOG = LoggerFactory.getLogger(ClientRun.class);
  private static final String POOL = "spark.scheduler.pool";

  private final Engine engine;
  private final Client client;
  private final LocalDate date;
  private final String run;
  private final Leasing.Held lease;
  private final Workspace workspace;
  private final List<RunRecord> before;
  private final List<RunRecord> skipped = new ArrayList<>();
  private final List<StageOutcome> outcomes = new ArrayList<>();

  ClientRun(Engine engine, Client client, LocalDate date, String run, Leasing.Held lease) {
    this.engine = engine;
    this.client = client;
    this.date = date;
    this.run = run;
    this.lease = lease;
    this.workspace = engine.workspace(client, date, run);
    this.before =
        engine.journal().records(date).stream()
            .filter(record -> record.client().equals(client.client()))
            .toList();
  }

  /** Does what is to be done, up to the first stage that fails. */
  ClientOutcome run() {
    SparkSession.setActiveSession(workspace.spark());
    try {
      Optional<Failure> failure = Optional.empty();
      for (Stage stage : engine.stages()) {
        failure = stage(stage);
        if (failure.isPresent()) {
          break;
        }
      }
      return new ClientOutcome(client.client(), run, outcomes, failure);
    } finally {
      SparkSession.setActiveSession(engine.spark());
    }
  }

  private Optional<Failure> stage(Stage stage) {
    Stopwatch watch = Stopwatch.start();
    Instant startedAt = Ticker.now();
    StageReport.Builder report = StageReport.of(stage.name());
    String inputs = "";
    try {
      lease.check();
      if (outcomes.isEmpty()) {
        engine.check().accept(client);
      }
      Optional<String> found = stage.inputs(workspace);
      inputs = found.orElse("");
      if (found.isEmpty() || doneBefore(stage, inputs)) {
        skip(stage, inputs, startedAt);
        return Optional.empty();
      }
      work(stage, inputs, startedAt, watch, report);
      return Optional.empty();
    } catch (Exception e) { // a stage may throw Spark's checked exceptions undeclared
      log(stage, e);
      Failure failure = Failure.of(e);
      recordSkipped();
      record(stage, failure.status(), inputs, startedAt, watch, failure.message(), report.build());
      return Optional.of(failure);
    }
  }

  private void log(Stage stage, Exception failure) {
    LOG.error(
        "Fails: run={} client={} stage={}\n{}",
        run,
        client.client(),
        stage.name(),
        SafeTrace.of(failure));
  }

  private void work(
      Stage stage, String inputs, Instant startedAt, Stopwatch watch, StageReport.Builder report) {
    recordSkipped();
    StageReport nothing = StageReport.of(stage.name()).build();
    engine
        .journal()
        .append(entry(stage.name(), Status.RUNNING, inputs, startedAt, 0, null, nothing));
    engine.progress().begin(client.client() + ": " + stage.name());
    SparkContext context = engine.spark().sparkContext();
    context.setJobDescription(client.client() + ": " + stage.name());
    context.setLocalProperty(POOL, client.client()); // where the installation shares fairly
    String outcome = "failed";
    try {
      stage.run(workspace, report);
      record(stage, Status.DONE, inputs, startedAt, watch, null, report.build());
      outcome = String.format(Locale.ROOT, "done in %.1f s", watch.seconds());
    } finally {
      context.setJobDescription(null);
      context.setLocalProperty(POOL, null);
      engine.progress().end(outcome);
    }
  }

  /** Whether the stage's last work for this date was over the same inputs, and ended well. */
  private boolean doneBefore(Stage stage, String inputs) {
    return before.stream()
        .filter(record -> record.stage().equals(stage.name()))
        .filter(record -> record.status() != Status.SKIPPED)
        .max(Comparator.comparing(RunRecord::startedAt))
        .filter(record -> record.status() == Status.DONE)
        .map(RunRecord::inputs)
        .filter(done -> done.equals(inputs) || done.equals(inputs + Stage.ANEW))
        .isPresent();
  }

  // Kept back until something is done: a run without work leaves no trace.
  private void skip(Stage stage, String inputs, Instant startedAt) {
    StageReport nothing = StageReport.of(stage.name()).build();
    RunRecord record = entry(stage.name(), Status.SKIPPED, inputs, startedAt, 0, null, nothing);
    boolean ever =
        before.stream()
            .filter(earlier -> earlier.stage().equals(stage.name()))
            .anyMatch(earlier -> earlier.status() != Status.SKIPPED);
    outcomes.add(new StageOutcome(stage.name(), Status.SKIPPED, 0, nothing, ever));
    boolean recorded =
        before.stream()
            .filter(earlier -> earlier.run().equals(run) && earlier.stage().equals(stage.name()))
            .anyMatch(earlier -> earlier.status() != Status.RUNNING);
    if (recorded) {
      return;
    }
    skipped.add(record);
    if (outcomes.stream().anyMatch(outcome -> outcome.status() == Status.DONE)) {
      recordSkipped();
    }
  }

  private void recordSkipped() {
    skipped.forEach(engine.journal()::append);
    skipped.clear();
  }

  private void record(
      Stage stage,
      Status status,
      String inputs,
      Instant startedAt,
      Stopwatch watch,
      String error,
      StageReport report) {
    double seconds = watch.seconds();
    engine.journal().append(entry(stage.name(), status, inputs, startedAt, seconds, error, report));
    outcomes.add(new StageOutcome(stage.name(), status, seconds, report));
  }

  private RunRecord entry(
      String stage,
      Status status,
      String inputs,
      Instant startedAt,
      double seconds,
      String error,
      StageReport report) {
    return new RunRecord(
        run,
        date,
        client.client(),
        stage,
        status,
        inputs,
        startedAt,
        seconds,
        error,
        engine.codeVersion(),
        report);
  }
}
