package com.segumento.request;

import static com.segumento.request.RequestPersons.token;
import static com.segumento.request.RequestYard.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.AuditLedger;
import com.segumento.lake.Workspace;
import com.segumento.model.Law;
import com.segumento.model.RequestKind;
import com.segumento.model.RequestStep;
import com.segumento.ops.Alert;
import com.segumento.ops.RequestRecord;
import com.segumento.pipeline.RetentionStage;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are killed between any two writes, held, and late. */
@ExtendWith(SparkExtension.class)
class KilledRequestsTest {
  private static final int MOST_RUNS = 100;

  @TempDir static Path directory;
  private static RequestYard yard;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  static void oneNight(SparkSession spark) {
    yard = new RequestYard(spark, directory);
    yard.drop(
        "customers",
        DAY,
        "c1",
        "who,changed,age,gender",
        token(1) + ",2026-03-01T00:00:00Z,30,f",
        token(2) + ",2026-03-01T00:00:00Z,30,f",
        token(3) + ",2026-03-01T00:00:00Z,30,f");
    yard.ingest(DAY);
  }

  @Test
  void endAsIfTheyHadNotBeenKilled(SparkSession spark) throws Exception {
    yard.ask("access", "access").csv("token", token(1)).put();
    yard.ask("erase", "erase").csv("token", token(3)).put();
    Workspace workspace = yard.workspace(DAY);
    int kills = untilDone(fuse -> yard.requests(fuse).run(workspace));
    assertThat(kills).as("killed between any two writes").isGreaterThan(8);
    kills = untilDone(KilledRequestsTest::erase);
    assertThat(kills).isGreaterThan(3);

    Map<String, RequestStep> steps = new TreeMap<>(yard.steps());
    steps.keySet().removeIf(id -> id.startsWith("manifest-") || id.startsWith("held"));
    assertThat(steps)
        .isEqualTo(new TreeMap<>(Map.of("access", RequestStep.DONE, "erase", RequestStep.DONE)));
    assertThat(yard.records().get("erase").details()).containsEntry("certificate", "c-1");
    assertThat(
            yard.texts(
                yard.lake.layout().exclusions(workspace.clientId()),
                "concat_ws(' ', kind, request_id, since, lifted)"))
        .filteredOn(row -> !row.contains("held"))
        .containsExactly("erased erase 2026-03-10");
    assertThat(yard.root.resolve("clients/acme/requests/access/manifest.json")).exists();
    assertThat(queued()).noneMatch(path -> path.contains("access") || path.contains("erase"));
    assertThat(AuditLedger.open(spark, yard.lake).verify().broken()).isEmpty();

    yard.ask("erase-of-access", "erase").csv("token", token(1)).put();
    yard.requests().run(workspace);
    assertThat(yard.root.resolve("clients/acme/requests/access/manifest.json")).doesNotExist();
    assertThat(yard.records().get("access").details()).containsKey("bundle");
  }

  /** What removes and proves, as far as requests know of it. */
  private static void erase(Runnable fuse) {
    Workspace workspace = yard.workspace(DAY);
    yard.requests(fuse).run(workspace);
    Optional<DueErasure> due = yard.requests(fuse).due(workspace);
    due.ifPresent(
        erasure -> {
          try (erasure) {
            assertThat(erasure.requests()).contains("erase");
            assertThat(erasure.persons().count()).isPositive();
            erasure.proved("c-1", Map.of("objects", "7"));
            erasure.done();
          }
        });
  }

  @FunctionalInterface
  private interface Work {
    void run(Runnable fuse);
  }

  /**
   * Runs the work, killed after its first write; after its second where the first one led nowhere,
   * and so on; gives how often.
   */
  private static int untilDone(Work work) throws IOException {
    int allowed = 1;
    for (int kills = 0; kills < MOST_RUNS; kills++) {
      List<String> before = state();
      int[] left = {allowed};
      try {
        work.run(
            () -> {
              if (left[0]-- == 0) {
                throw new Killed();
              }
            });
        return kills;
      } catch (Killed e) {
        allowed = state().equals(before) ? allowed + 1 : 1;
      }
    }
    throw new AssertionError("it does not end");
  }

  private static List<String> state() throws IOException {
    try (Stream<Path> files = Files.walk(yard.root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> yard.root.relativize(file).toString())
          .filter(path -> !path.startsWith("ops/audit") && !path.startsWith("staging"))
          .filter(path -> !path.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  private static List<String> queued() throws IOException {
    return state().stream().filter(path -> path.contains("/_requests/")).toList();
  }

  @Test
  void aLegalHoldKeepsErasuresWaitingAndNothingElse() {
    yard.ask("held-erase", "erase").csv("token", token(20)).put();
    yard.ask("held-object", "object").csv("token", token(20)).put();
    yard.requests().run(yard.workspace(DAY, true));
    assertThat(yard.steps())
        .containsEntry("held-erase", RequestStep.HELD)
        .containsEntry("held-object", RequestStep.DONE);
    assertThat(yard.requests().due(yard.workspace(DAY, true))).isEmpty();
    assertThat(yard.requests().run(yard.workspace(DAY, true)))
        .extracting(RequestRecord::id)
        .as("said once")
        .doesNotContain("held-erase");
    yard.requests().run(yard.workspace(DAY));
    assertThat(yard.steps()).containsEntry("held-erase", RequestStep.RUNNING);
    RetentionStage erasures = new RetentionStage(RetentionStage.Scope.ERASURES);
    assertThat(erasures.lines(yard.workspace(DAY))).contains("erase, for request held-erase");
    assertThat(erasures.lines(yard.workspace(DAY, true))).as("what a dry run says").isEmpty();
  }

  @Test
  void requestsOfAClientThatIsLeftOutAreToldOf() {
    yard.ask("left", "access").with("received", "2026-03-12").csv("token", token(30)).put();
    List<Alert> alerts = new ArrayList<>();
    new RequestRun(alerts::add, none -> false).tellOf(yard.workspace(DAY));
    assertThat(alerts)
        .filteredOn(alert -> alert.kind().equals("request_left"))
        .singleElement()
        .extracting(Alert::message)
        .isEqualTo(
            "Requests lie in the queue of client acme, for which nothing is run. Restore it to have"
                + " them carried out, or empty landing/acme/_requests.");
  }

  @ParameterizedTest(name = "on {0}: {1}")
  @CsvSource({
    "2026-04-01, ",
    "2026-04-02, request_due",
    "2026-04-09, request_due",
    "2026-04-10, request_overdue"
  })
  void deadlinesAreToldOfBeforeAndAfter(LocalDate date, String kind) {
    List<Alert> alerts = new ArrayList<>();
    RequestRecord record =
        new RequestRecord(
            "r",
            "acme",
            Optional.of(
                new RequestRecord.About(
                    RequestKind.ACCESS,
                    Law.GDPR,
                    Instant.parse("2026-03-09T08:00:00Z"),
                    LocalDate.parse("2026-04-09"),
                    1)),
            RequestStep.RUNNING,
            Instant.parse("2026-03-09T08:00:00Z"),
            "run",
            new TreeMap<>());
    Deadlines deadlines = new Deadlines(yard.workspace(date), alerts::add);
    deadlines.tell(List.of(record, record.at(RequestStep.DONE, record.time(), "run", Map.of())));
    assertThat(alerts)
        .extracting(Alert::kind)
        .containsExactlyElementsOf(kind == null ? List.of() : List.of(kind));
    assertThat(alerts).allMatch(alert -> alert.date().equals(LocalDate.parse("2026-04-09")));
  }
}
