package com.segumento.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Stage;
import com.segumento.model.ConfigException;
import com.segumento.model.LeaseHeldException;
import com.segumento.ops.Progress;
import com.segumento.ops.RunRecord.Status;
import com.segumento.pipeline.Fuse.Killed;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class NightlyTest {
  private static final LocalDate DATE = LocalDate.of(2026, 2, 27);
  private static final Configuration CONFIGURATION =
      ConfigurationLoader.load(Repository.path("conf"));
  private static final List<String> BOTH = List.of();

  @TempDir Path folder;
  private Lake lake;
  private SparkSession spark;
  private final List<String> leases = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void open(SparkSession session) {
    spark = session;
    lake = Lake.open(session, folder.toUri().toString());
  }

  @Test
  void runsTheStagesOfEveryClientInOrderUnderOneRun() {
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    drop("acme", "a");
    drop("retail", "r");
    Summary summary = run(journal, copies(Fuse.none()), BOTH);
    assertThat(summary.exitStatus()).isZero();
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest DONE [a]",
            "2026-02-27-1 acme enrich DONE [a ingest]",
            "2026-02-27-1 retail ingest DONE [r]",
            "2026-02-27-1 retail enrich DONE [r ingest]");
    assertThat(result("acme")).isEqualTo("a ingest enrich");
    assertThat(result("retail")).isEqualTo("r ingest enrich");
    assertThat(leases).containsExactly("+acme", "-acme", "+retail", "-retail");
  }

  @Test
  void worksOnClientsSideBySide() {
    drop("acme", "a");
    drop("retail", "r");
    // Each waits for the other: one after the other they would never end.
    Stage meets = new MeetingStage(copies().get(0), new CyclicBarrier(2));
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    Nightly nightly = new Nightly(engine(journal, List.of(meets, copies().get(1)), this::lease), 2);
    Summary summary = nightly.run(DATE, nightly.clients(DATE, BOTH));
    assertThat(summary.exitStatus()).isZero();
    assertThat(summary.clients())
        .extracting(ClientOutcome::client)
        .containsExactly("acme", "retail");
    assertThat(journal.lines())
        .containsExactlyInAnyOrder(
            "2026-02-27-1 acme ingest DONE [a]",
            "2026-02-27-1 acme enrich DONE [a ingest]",
            "2026-02-27-1 retail ingest DONE [r]",
            "2026-02-27-1 retail enrich DONE [r ingest]");
    assertThat(result("acme")).isEqualTo("a ingest enrich");
    assertThat(result("retail")).isEqualTo("r ingest enrich");
  }

  @Test
  void leavesNoTraceWhereNothingIsToDo() {
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    drop("acme", "a");
    drop("retail", "r");
    run(journal, copies(Fuse.none()), BOTH);
    int appended = journal.appended();
    Summary again = run(journal, copies(Fuse.none()), BOTH);
    assertThat(again.idle()).isTrue();
    assertThat(again.exitStatus()).isZero();
    assertThat(journal.appended()).isEqualTo(appended);
  }

  @Test
  void doesAgainWhatANewDropChangesAndSaysOfTheOthersThatNothingWasToDo() {
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    drop("acme", "a");
    drop("retail", "r");
    run(journal, copies(Fuse.none()), BOTH);
    drop("retail", "r2");
    run(journal, copies(Fuse.none()), BOTH);
    assertThat(journal.lines().subList(4, 8))
        .containsExactly(
            "2026-02-27-2 retail ingest DONE [r2]",
            "2026-02-27-2 retail enrich DONE [r2 ingest]",
            "2026-02-27-2 acme ingest SKIPPED []",
            "2026-02-27-2 acme enrich SKIPPED []");
    assertThat(result("retail")).isEqualTo("r2 ingest enrich");
  }

  @Test
  void skipsAStageWhoseInputsAreThoseOfItsLastWork() {
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    drop("acme", "a");
    Stage other = new CopyStage("enrich", "extra", Fuse.none());
    lake.objects().write(CopyStage.file(lake.layout().root(), "acme", "extra"), "x");
    List<Stage> stages = List.of(copies(Fuse.none()).get(0), other);
    run(journal, stages, List.of("acme"));
    lake.objects().write(CopyStage.file(lake.layout().root(), "acme", "extra"), "y");
    run(journal, stages, List.of("acme"));
    assertThat(journal.lines().subList(2, 4))
        .containsExactly(
            "2026-02-27-2 acme ingest SKIPPED [a]", "2026-02-27-2 acme enrich DONE [y]");
  }

  @Test
  void killedBeforeAnyWriteAndStartedAgainEndsAsIfItHadNotBeen() {
    drop("acme", "a");
    drop("retail", "r");
    MemoryJournal undisturbed = new MemoryJournal(Fuse.none());
    run(undisturbed, copies(Fuse.none()), BOTH);
    int write = 1;
    for (Fuse fuse = new Fuse(write); ; fuse = new Fuse(++write)) {
      for (String client : List.of("acme", "retail")) {
        lake.objects().delete(CopyStage.file(lake.layout().root(), client, "ingest"));
        lake.objects().delete(CopyStage.file(lake.layout().root(), client, "enrich"));
      }
      MemoryJournal journal = new MemoryJournal(fuse);
      boolean killed = killed(journal, copies(fuse));
      run(journal, copies(fuse), BOTH);
      assertThat(journal.lines())
          .as("killed before write " + write)
          .containsExactlyElementsOf(undisturbed.lines());
      assertThat(result("acme")).isEqualTo("a ingest enrich");
      assertThat(result("retail")).isEqualTo("r ingest enrich");
      if (!killed) {
        break;
      }
    }
    // Two clients, two stages each, a stage writes three times: begun, its file, done.
    assertThat(write).isEqualTo(13);
  }

  @Test
  void aClientThatEndedInTheKilledRunGoesOnInTheNext() {
    drop("acme", "a");
    drop("retail", "r");
    Fuse fuse = new Fuse(8); // while retail ingests
    MemoryJournal journal = new MemoryJournal(fuse);
    assertThat(killed(journal, copies(fuse))).isTrue();
    drop("acme", "a2");
    run(journal, copies(fuse), BOTH);
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest DONE [a]",
            "2026-02-27-1 acme enrich DONE [a ingest]",
            "2026-02-27-1 retail ingest DONE [r]",
            "2026-02-27-2 acme ingest DONE [a2]",
            "2026-02-27-2 acme enrich DONE [a2 ingest]",
            "2026-02-27-1 retail enrich DONE [r ingest]");
  }

  @Test
  void oneClientsFailureStopsNoOtherAndLaterStagesOfItsOwnOnly() {
    drop("retail", "r");
    lake.objects().write(CopyStage.file(lake.layout().root(), "acme", "drop"), "a");
    Stage failing =
        new FailingStage("ingest", "acme", new IllegalStateException("row 4711"), copies());
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    Summary summary = run(journal, List.of(failing, copies().get(1)), BOTH);
    assertThat(summary.exitStatus()).isEqualTo(6);
    String message =
        "Unexpected IllegalStateException. What it says is left out, as it may quote data; where it"
            + " happened is in the log.";
    assertThat(summary.failed())
        .extracting(ClientOutcome::client, client -> client.failure().orElseThrow())
        .containsExactly(tuple("acme", new Failure(Status.FAILED, 1, message)));
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest FAILED [a]",
            "2026-02-27-1 retail ingest DONE [r]",
            "2026-02-27-1 retail enrich DONE [r ingest]");
  }

  @Test
  void aFailedClientIsTriedAgainInTheNextRun() {
    drop("acme", "a");
    Stage failing = new FailingStage("ingest", "acme", new ConfigException("No."), copies());
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    Summary first = run(journal, List.of(failing, copies().get(1)), List.of("acme"));
    assertThat(first.exitStatus()).isEqualTo(2);
    assertThat(journal.records(DATE).get(0).report().counts())
        .as("what was reported before the refusal")
        .isEqualTo(Map.of("drops_refused", 1L));
    assertThat(first.clients().get(0).stages().get(0).report())
        .isEqualTo(journal.records(DATE).get(0).report());
    assertThat(run(journal, copies(), List.of("acme")).exitStatus()).isZero();
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest REFUSED [a]",
            "2026-02-27-2 acme ingest DONE [a]",
            "2026-02-27-2 acme enrich DONE [a ingest]");
  }

  @Test
  void aClientWhoseLeaseIsHeldIsLeftAlone() {
    drop("acme", "a");
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    Leasing held =
        (client, date, run) -> {
          throw new LeaseHeldException("Held by another run.");
        };
    Nightly nightly = new Nightly(engine(journal, copies(), held));
    Summary summary = nightly.run(DATE, nightly.clients(DATE, List.of("acme")));
    assertThat(summary.exitStatus()).isEqualTo(5);
    assertThat(summary.failed().get(0).failure())
        .contains(new Failure(Status.REFUSED, 5, "Held by another run."));
    assertThat(journal.appended()).isZero();
  }

  @Test
  void aSingleStageJoinsTheRunThatLacksIt() {
    drop("acme", "a");
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    run(journal, copies().subList(0, 1), List.of("acme"));
    run(journal, copies().subList(1, 2), List.of("acme"));
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest DONE [a]", "2026-02-27-1 acme enrich DONE [a ingest]");
  }

  @Test
  void takesOnlyClientsWhoseAgreementCoversTheDate() {
    Nightly nightly = new Nightly(engine(new MemoryJournal(Fuse.none()), copies(), this::lease));
    assertThat(ids(nightly.clients(LocalDate.of(2025, 12, 31), BOTH))).containsExactly("retail");
    assertThat(ids(nightly.clients(LocalDate.of(2026, 1, 1), BOTH)))
        .containsExactly("acme", "retail");
    assertThat(nightly.clients(LocalDate.of(2028, 1, 1), BOTH)).isEmpty();
    assertThatThrownBy(() -> nightly.clients(LocalDate.of(2025, 12, 31), List.of("acme")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The agreement MSA-2026-014 of client acme does not cover 2025-12-31: it runs from"
                + " 2026-01-01 to 2027-12-31. Choose a date within, or correct agreement in the"
                + " client's file.");
  }

  private boolean killed(Journal journal, List<Stage> stages) {
    try {
      run(journal, stages, BOTH);
      return false;
    } catch (Killed e) {
      return true;
    }
  }

  private Summary run(Journal journal, List<Stage> stages, List<String> clients) {
    Nightly nightly = new Nightly(engine(journal, stages, this::lease));
    return nightly.run(DATE, nightly.clients(DATE, clients));
  }

  private Engine engine(Journal journal, List<Stage> stages, Leasing leasing) {
    return new Engine(
        spark,
        lake,
        Secrets.of(spark),
        CONFIGURATION,
        stages,
        client -> {},
        journal,
        leasing,
        Progress.SILENT,
        "test");
  }

  private Leasing.Held lease(com.segumento.model.ClientId client, LocalDate date, String run) {
    leases.add("+" + client);
    return () -> leases.add("-" + client);
  }

  private static List<Stage> copies() {
    return copies(Fuse.none());
  }

  private static List<Stage> copies(Fuse fuse) {
    return List.of(new CopyStage("ingest", "drop", fuse), new CopyStage("enrich", "ingest", fuse));
  }

  private void drop(String client, String text) {
    lake.objects().write(CopyStage.file(lake.layout().root(), client, "drop"), text);
  }

  private String result(String client) {
    return lake.objects()
        .text(CopyStage.file(lake.layout().root(), client, "enrich"))
        .orElse("nothing");
  }

  private static List<String> ids(List<Client> clients) {
    return clients.stream().map(Client::client).toList();
  }
}
