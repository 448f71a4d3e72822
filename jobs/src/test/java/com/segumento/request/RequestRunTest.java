package com.segumento.request;

import static com.segumento.request.RequestPersons.token;
import static com.segumento.request.RequestYard.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.model.ConfigException;
import com.segumento.model.RequestStep;
import com.segumento.ops.Alert;
import com.segumento.ops.RequestRecord;
import com.segumento.ops.StageReport;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.Needles;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nights of a client of ten persons. After the first night come requests of every kind, and
 * some that nobody may carry out; the second night is run with them.
 */
@ExtendWith(SparkExtension.class)
class RequestRunTest {
  private static final LocalDate NEXT = DAY.plusDays(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  private static RequestYard yard;
  private static Optional<String> enrichBefore;
  private static Optional<String> segmentBefore;
  private static StageReport ingested;
  private static List<String> due;
  private static List<String> dueFiles;
  private static String heard;

  @BeforeAll
  static void twoNights(SparkSession spark) throws Exception {
    yard = new RequestYard(spark, directory);
    yard.drop(
        "customers", DAY, "c1", lines("who,changed,age,gender", 10, "2026-03-01T00:00:00Z,30,f"));
    yard.drop("orders", DAY, "o1", lines("who,at,amount", 10, "2026-03-09T10:00:00Z,5"));
    yard.ingest(DAY);
    yard.enrich(DAY);
    yard.segment(DAY);
    ask();
    enrichBefore = new com.segumento.enrich.EnrichStage().inputs(yard.workspace(DAY));
    segmentBefore = new com.segumento.segment.SegmentStage().inputs(yard.workspace(DAY));
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      yard.requests().run(yard.workspace(NEXT));
      heard = ears.heard();
    }
    yard.drop(
        "customers", NEXT, "c2", lines("who,changed,age,gender", 10, "2026-03-08T00:00:00Z,31,f"));
    yard.drop("orders", NEXT, "o2", lines("who,at,amount", 10, "2026-03-10T10:00:00Z,6"));
    ingested = yard.ingest(NEXT);
    yard.enrich(NEXT);
    yard.segment(NEXT);
    try (DueErasure erasure = yard.requests().due(yard.workspace(NEXT)).orElseThrow()) {
      due =
          erasure
              .persons()
              .selectExpr("concat(lower(hex(person_key)), ' ', decode(token, 'UTF-8'))")
              .collectAsList()
              .stream()
              .map(row -> row.getString(0))
              .toList();
      dueFiles = erasure.tokenFiles();
    }
  }

  private static void ask() {
    yard.ask("access-1", "access").csv("token", token(1), token(2), "not a token").put();
    yard.ask("port-1", "port").json("{\"token\": \"" + token(2) + "\"}").put();
    yard.ask("correct-1", "correct")
        .with("dataset", "customers")
        .csv("token,age", token(1) + ",41", token(2) + ",500", token(11) + ",20")
        .put();
    yard.ask("correct-2", "correct")
        .with("dataset", "customers")
        .json("{\"token\": \"" + token(3) + "\", \"gender\": \"m\"}")
        .put();
    yard.ask("restrict-1", "restrict").csv("token", token(4), token(5)).put();
    yard.ask("object-1", "object").csv("token", token(6)).put();
    yard.ask("withdraw-1", "withdraw").with("law", "dpdp").csv("token", token(7)).put();
    yard.ask("lift-1", "lift")
        .with("lifts", "restrict")
        .with("received", "2026-03-09T09:00:00Z")
        .csv("token", token(5))
        .put();
    yard.ask("nominate-1", "nominate")
        .csv("token,nominee", token(8) + "," + RequestPersons.hash("a nominee"), token(9) + ",Joe")
        .put();
    yard.ask("erase-1", "erase").csv("token", token(9), token(10)).put();
    yard.ask("later", "erase").with("received", "2026-03-12").csv("token", token(1)).put();
    yard.ask("unsigned", "erase").csv("token", token(1)).unsigned();
    yard.ask("forged", "erase").csv("token", token(1)).signed("0".repeat(64));
    yard.ask("other", "erase").with("client", "retail").csv("token", token(1)).put();
    yard.ask("altered", "erase").csv("token", token(1)).put();
    RequestYard.write(yard.queue().resolve("altered/tokens.csv"), "token\n" + token(2) + "\n");
    yard.ask("empty", "erase").csv("token", "nobody").put();
    yard.ask("headless", "erase").csv(token(1), token(2)).put();
  }

  private static String[] lines(String header, int persons, String rest) {
    return Stream.concat(
            Stream.of(header),
            IntStream.rangeClosed(1, persons).mapToObj(n -> token(n) + "," + rest))
        .toArray(String[]::new);
  }

  @Test
  void everyRequestIsAsFarAsItCanBe() {
    Map<String, RequestStep> steps = new TreeMap<>(yard.steps());
    steps.keySet().removeIf(id -> id.startsWith("manifest-"));
    assertThat(steps)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("access-1", RequestStep.DONE),
                Map.entry("port-1", RequestStep.DONE),
                Map.entry("correct-1", RequestStep.DONE),
                Map.entry("correct-2", RequestStep.DONE),
                Map.entry("restrict-1", RequestStep.DONE),
                Map.entry("object-1", RequestStep.DONE),
                Map.entry("withdraw-1", RequestStep.DONE),
                Map.entry("lift-1", RequestStep.DONE),
                Map.entry("nominate-1", RequestStep.DONE),
                Map.entry("erase-1", RequestStep.RUNNING),
                Map.entry("altered", RequestStep.REFUSED),
                Map.entry("empty", RequestStep.REFUSED),
                Map.entry("headless", RequestStep.REFUSED)));
    assertThat(yard.records().get("access-1").details())
        .containsEntry("rows_refused.token:malformed", "1");
    assertThat(yard.records().get("correct-1").details())
        .containsEntry("persons_corrected", "1")
        .containsEntry("rows_refused.age:above_max", "1");
  }

  @Test
  void refusalsSayWhyAndAreToldOf() {
    List<String> reasons =
        yard.records().values().stream()
            .filter(record -> record.step() == RequestStep.REFUSED)
            .map(record -> record.details().get("reason"))
            .toList();
    assertThat(reasons)
        .containsExactlyInAnyOrder(
            "the manifest is not signed",
            "the manifest's signature is not that of its content under the secret of the client",
            "the manifest is of another client",
            "file tokens.csv has another sha256 than the manifest says",
            "no row can be carried out: rows_refused.token:malformed",
            "file tokens.csv has no header with a column token");
    assertThat(yard.alerts)
        .extracting(Alert::kind)
        .filteredOn("request_refused"::equals)
        .hasSize(6);
  }

  @Test
  void tokensStayInTheQueueOnlyWhereTheyAreNeeded() throws Exception {
    try (Stream<Path> files = Files.walk(yard.queue())) {
      assertThat(
              files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".crc")))
          .extracting(file -> yard.queue().relativize(file).toString())
          .containsExactlyInAnyOrder(
              "erase-1/tokens.csv",
              "erase-1/_MANIFEST.json",
              "later/tokens.csv",
              "later/_MANIFEST.json");
    }
  }

  @Test
  void exclusionsKnowPersonsByMarkOnly() {
    assertThat(
            yard.texts(
                yard.lake.layout().exclusions(yard.workspace(DAY).clientId()),
                "concat_ws(' ', lower(hex(mark)), kind, request_id, since, lifted)"))
        .containsExactlyInAnyOrder(
            row(4, "restricted restrict-1 2026-03-11"),
            row(5, "restricted restrict-1 2026-03-11 2026-03-11"),
            row(6, "objecting object-1 2026-03-11"),
            row(7, "withdrawn withdraw-1 2026-03-11"),
            row(9, "erased erase-1 2026-03-11"),
            row(10, "erased erase-1 2026-03-11"));
  }

  private static String row(int person, String rest) {
    return HexFormat.of().formatHex(RequestPersons.mark(person)) + " " + rest;
  }

  @Test
  void whoIsLeftOutIsInNothingThatIsComputed() {
    assertThat(yard.persons("profiles")).containsExactly(1, 2, 3, 5, 8);
    assertThat(yard.persons("traits")).containsExactly(1, 2, 3, 5, 8);
    assertThat(
            yard.lake
                .tables()
                .read(yard.table("memberships"))
                .filter("business_date = '" + NEXT + "'")
                .count())
        .isEqualTo(5);
    assertThat(new com.segumento.enrich.EnrichStage().inputs(yard.workspace(DAY)))
        .as("a night that was run before is run again")
        .isNotEqualTo(enrichBefore);
    assertThat(new com.segumento.segment.SegmentStage().inputs(yard.workspace(DAY)))
        .isNotEqualTo(segmentBefore);
  }

  @Test
  void segmentsThatAreOlderThanAnObjectionAreNotExported() {
    assertThatThrownBy(() -> new com.segumento.export.ExportStage().inputs(exporting(DAY)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Persons of client acme were left out or let in again after the segments of"
                + " 2026-03-10 were computed. Run enrich and segment of that date again.");
    assertThat(new com.segumento.export.ExportStage().inputs(exporting(NEXT))).isPresent();
  }

  private static com.segumento.lake.Workspace exporting(LocalDate date) {
    return yard.exporting(date);
  }

  @Test
  void whoIsErasedIsTakenInNoMore() {
    assertThat(ingested.counts())
        .containsEntry("rows_refused_erased", 4L)
        .containsEntry("rows_quarantined", 0L)
        .containsEntry("rows_in", 20L);
    assertThat(yard.lake.tables().read(yard.table("orders")).filter("drop_id = 'o2'").count())
        .isEqualTo(8);
    assertThat(
            yard.lake
                .tables()
                .exists(yard.lake.layout().quarantine(yard.workspace(DAY).clientId(), "orders")))
        .isFalse();
  }

  @Test
  void whatIsCorrectedOutlivesDropsThatAreOlderThanTheRequest() {
    assertThat(ages()).containsEntry(1, "41 f 2026-03-09").containsEntry(3, "30 m 2026-03-09");
    assertThat(ages()).containsEntry(2, "31 f 2026-03-08");
  }

  private static Map<Integer, String> ages() {
    Map<Integer, String> ages = new TreeMap<>();
    for (int n = 1; n <= 10; n++) {
      String key = HexFormat.of().formatHex(RequestPersons.person(n));
      for (String text :
          yard.texts(
              yard.table("customers"),
              "concat_ws(' ', lower(hex(person_key)), age, gender, date(changed))")) {
        if (text.startsWith(key)) {
          ages.put(n, text.substring(key.length() + 1));
        }
      }
    }
    return ages;
  }

  @Test
  void nomineesAreKnownToNobody() {
    String nominee =
        HexFormat.of()
            .formatHex(
                com.segumento.udf.PersonKey.of(
                    RequestPersons.KEY.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    RequestPersons.hash("a nominee")));
    assertThat(
            yard.texts(
                yard.lake.layout().nominations(yard.workspace(DAY).clientId()),
                "concat_ws(' ', lower(hex(mark)), lower(hex(nominee)), request_id, since)"))
        .containsExactly(row(8, nominee + " nominate-1 2026-03-11"));
  }

  @Test
  void aBundleHoldsEverythingOfItsPersonsAndNobodyElse() throws Exception {
    Path bundle = yard.root.resolve("clients/acme/requests/access-1");
    JsonNode manifest = JSON.readTree(Files.readString(bundle.resolve("manifest.json")));
    assertThat(manifest.path("expires").asText()).isEqualTo("2026-04-10");
    Map<String, Integer> rows = new TreeMap<>();
    List<String> listed = new ArrayList<>(List.of("manifest.json"));
    for (JsonNode table : manifest.path("tables")) {
      int count = 0;
      for (JsonNode file : table.path("files")) {
        String path = file.path("path").asText();
        listed.add(path);
        String text = Files.readString(bundle.resolve(path));
        assertThat(file.path("sha256").asText()).isEqualTo(RequestPersons.hash(text));
        for (String line : text.lines().toList()) {
          assertThat(JSON.readTree(line).path("token").asText()).isIn(token(1), token(2));
          count++;
        }
        assertThat(file.path("rows").asInt()).isEqualTo((int) text.lines().count());
      }
      rows.put(table.path("name").asText(), count);
      assertThat(table.path("columns").get(0).path("name").asText()).isEqualTo("token");
    }
    assertThat(rows)
        .containsEntry("persons", 2)
        .containsEntry("customers", 2)
        .containsEntry("orders", 2)
        .containsEntry("profiles", 2)
        .containsEntry("traits", 2)
        .containsEntry("memberships", 4);
    try (Stream<Path> files = Files.list(bundle)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.endsWith(".crc")))
          .containsExactlyInAnyOrderElementsOf(listed);
    }
    String memberships = Files.readString(bundle.resolve("memberships-00000.jsonl"));
    assertThat(memberships).contains("\"title\":\"Who bought\"");
    assertThat(bundle.resolveSibling("port-1")).isNotEmptyDirectory();
    assertThat(yard.root.resolve("staging/acme/requests-" + NEXT + "-1")).doesNotExist();
  }

  @Test
  void erasureIsDueWithKeysTokensAndFiles() {
    assertThat(due)
        .containsExactlyInAnyOrder(
            HexFormat.of().formatHex(RequestPersons.person(9)) + " " + token(9),
            HexFormat.of().formatHex(RequestPersons.person(10)) + " " + token(10));
    assertThat(dueFiles).singleElement().asString().endsWith("/_requests/erase-1/tokens.csv");
  }

  @Test
  void noTokenAndNoKeyIsWhereItMustNotBe(SparkSession spark) throws Exception {
    List<String> tokens = IntStream.rangeClosed(1, 11).mapToObj(RequestPersons::token).toList();
    String written =
        StoredText.of(
            spark,
            yard.root,
            path ->
                path.startsWith("ops/")
                    || path.contains("/exclusions/")
                    || path.contains("/nominations/"));
    String log = StoredText.bytes(yard.root, path -> path.contains("/_delta_log/"));
    List<String> needles =
        Stream.concat(
                Needles.ofTokens(tokens).stream(),
                Needles.ofKeys(
                    RequestPersons.KEY.getBytes(java.nio.charset.StandardCharsets.UTF_8), tokens)
                    .stream())
            .toList();
    assertThat(needles).noneMatch((written + log)::contains);
    assertThat(needles).noneMatch(heard::contains);
  }

  @Test
  void theAuditHoldsEveryStep() {
    assertThat(yard.texts(yard.lake.layout().ops("audit"), "action"))
        .contains("request.received", "request.running", "request.done", "request.refused");
  }

  @Test
  void theLedgerKnowsDeadlinesAndPersons() {
    RequestRecord.About erase = yard.records().get("erase-1").about().orElseThrow();
    assertThat(erase.deadline()).isEqualTo("2026-04-09");
    assertThat(erase.persons()).isEqualTo(2);
    assertThat(yard.records().get("withdraw-1").about().orElseThrow().deadline())
        .isEqualTo("2026-06-07");
  }
}
