package com.segumento.pipeline;

import static com.segumento.pipeline.Nights.BOTH;
import static com.segumento.pipeline.Nights.DATE;
import static com.segumento.pipeline.Nights.copies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.segumento.config.Client;
import com.segumento.lake.Stage;
import com.segumento.model.ConfigException;
import com.segumento.model.LeaseHeldException;
import com.segumento.ops.RunRecord.Status;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
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
  @TempDir Path folder;
  private Nights nights;

  @BeforeEach
  void open(SparkSession spark) {
    nights = new Nights(spark, folder);
  }

  @Test
  void runsTheStagesOfEveryClientInOrderUnderOneRun() {
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    nights.drop("acme", "a");
    nights.drop("retail", "r");
    Summary summary = nights.run(journal, copies(Fuse.none()), BOTH);
    assertThat(summary.exitStatus()).isZero();
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest DONE [a]",
            "2026-02-27-1 acme enrich DONE [a ingest]",
            "2026-02-27-1 retail ingest DONE [r]",
            "2026-02-27-1 retail enrich DONE [r ingest]");
    assertThat(nights.result("acme")).isEqualTo("a ingest enrich");
    assertThat(nights.result("retail")).isEqualTo("r ingest enrich");
    assertThat(nights.leases).containsExactly("+acme", "-acme", "+retail", "-retail");
  }

  @Test
  void worksOnClientsSideBySide() {
    nights.drop("acme", "a");
    nights.drop("retail", "r");
    // Each waits for the other: one after the other they would never end.
    Stage meets = new MeetingStage(copies().get(0), new CyclicBarrier(2));
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    Nightly nightly =
        new Nightly(nights.engine(journal, List.of(meets, copies().get(1)), nights::lease), 2);
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
    assertThat(nights.result("acme")).isEqualTo("a ingest enrich");
    assertThat(nights.result("retail")).isEqualTo("r ingest enrich");
  }

  @Test
  void leavesNoTraceWhereNothingIsToDo() {
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    nights.drop("acme", "a");
    nights.drop("retail", "r");
    nights.run(journal, copies(Fuse.none()), BOTH);
    int appended = journal.appended();
    Summary again = nights.run(journal, copies(Fuse.none()), BOTH);
    assertThat(again.idle()).isTrue();
    assertThat(again.exitStatus()).isZero();
    assertThat(journal.appended()).isEqualTo(appended);
  }

  @Test
  void doesAgainWhatANewDropChangesAndSaysOfTheOthersThatNothingWasToDo() {
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    nights.drop("acme", "a");
    nights.drop("retail", "r");
    nights.run(journal, copies(Fuse.none()), BOTH);
    nights.drop("retail", "r2");
    nights.run(journal, copies(Fuse.none()), BOTH);
    assertThat(journal.lines().subList(4, 8))
        .containsExactly(
            "2026-02-27-2 retail ingest DONE [r2]",
            "2026-02-27-2 retail enrich DONE [r2 ingest]",
            "2026-02-27-2 acme ingest SKIPPED []",
            "2026-02-27-2 acme enrich SKIPPED []");
    assertThat(nights.result("retail")).isEqualTo("r2 ingest enrich");
  }

  @Test
  void skipsAStageWhoseInputsAreThoseOfItsLastWork() {
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    nights.drop("acme", "a");
    Stage other = new CopyStage("enrich", "extra", Fuse.none());
    nights.lake.objects().write(CopyStage.file(nights.lake.layout().root(), "acme", "extra"), "x");
    List<Stage> stages = List.of(copies(Fuse.none()).get(0), other);
    nights.run(journal, stages, List.of("acme"));
    nights.lake.objects().write(CopyStage.file(nights.lake.layout().root(), "acme", "extra"), "y");
    nights.run(journal, stages, List.of("acme"));
    assertThat(journal.lines().subList(2, 4))
        .containsExactly(
            "2026-02-27-2 acme ingest SKIPPED [a]", "2026-02-27-2 acme enrich DONE [y]");
  }

  @Test
  void doesOnceWhatIsToBeChosenAnewAndNotAgainWhereItIsKept() {
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    nights.drop("acme", "a");
    List<String> acme = List.of("acme");
    List<Stage> anew = List.of(copies().get(0), new AnewStage(copies().get(1)));
    nights.run(journal, copies(), acme);
    assertThat(nights.run(journal, anew, acme).idle()).isFalse();
    assertThat(nights.run(journal, anew, acme).idle()).isTrue();
    assertThat(nights.run(journal, copies(), acme).idle()).isTrue();
    nights.drop("acme", "b");
    assertThat(nights.run(journal, copies(), acme).idle()).isFalse();
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest DONE [a]",
            "2026-02-27-1 acme enrich DONE [a ingest]",
            "2026-02-27-2 acme ingest SKIPPED [a]",
            "2026-02-27-2 acme enrich DONE [a ingest+anew]",
            "2026-02-27-3 acme ingest DONE [b]",
            "2026-02-27-3 acme enrich DONE [b ingest]");
  }

  @Test
  void oneClientsFailureStopsNoOtherAndLaterStagesOfItsOwnOnly() {
    nights.drop("retail", "r");
    nights.lake.objects().write(CopyStage.file(nights.lake.layout().root(), "acme", "drop"), "a");
    Stage failing =
        new FailingStage("ingest", "acme", new IllegalStateException("row 4711"), copies());
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    Summary summary = nights.run(journal, List.of(failing, copies().get(1)), BOTH);
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
    nights.drop("acme", "a");
    Stage failing = new FailingStage("ingest", "acme", new ConfigException("No."), copies());
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    Summary first = nights.run(journal, List.of(failing, copies().get(1)), List.of("acme"));
    assertThat(first.exitStatus()).isEqualTo(2);
    assertThat(journal.records(DATE).get(0).report().counts())
        .as("what was reported before the refusal")
        .isEqualTo(Map.of("drops_refused", 1L));
    assertThat(first.clients().get(0).stages().get(0).report())
        .isEqualTo(journal.records(DATE).get(0).report());
    assertThat(nights.run(journal, copies(), List.of("acme")).exitStatus()).isZero();
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest REFUSED [a]",
            "2026-02-27-2 acme ingest DONE [a]",
            "2026-02-27-2 acme enrich DONE [a ingest]");
  }

  @Test
  void aClientWhoseLeaseIsHeldIsLeftAlone() {
    nights.drop("acme", "a");
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    Leasing held =
        (client, date, run) -> {
          throw new LeaseHeldException("Held by another run.");
        };
    Nightly nightly = new Nightly(nights.engine(journal, copies(), held));
    Summary summary = nightly.run(DATE, nightly.clients(DATE, List.of("acme")));
    assertThat(summary.exitStatus()).isEqualTo(5);
    assertThat(summary.failed().get(0).failure())
        .contains(new Failure(Status.REFUSED, 5, "Held by another run."));
    assertThat(journal.appended()).isZero();
  }

  @Test
  void aSingleStageJoinsTheRunThatLacksIt() {
    nights.drop("acme", "a");
    MemoryJournal journal = new MemoryJournal(Fuse.none());
    nights.run(journal, copies().subList(0, 1), List.of("acme"));
    nights.run(journal, copies().subList(1, 2), List.of("acme"));
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest DONE [a]", "2026-02-27-1 acme enrich DONE [a ingest]");
  }

  @Test
  void takesOnlyClientsWhoseAgreementCoversTheDate() {
    Nightly nightly =
        new Nightly(nights.engine(new MemoryJournal(Fuse.none()), copies(), nights::lease));
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

  private static List<String> ids(List<Client> clients) {
    return clients.stream().map(Client::client).toList();
  }
}
