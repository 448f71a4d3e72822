package com.segumento.request;

import static com.segumento.request.RequestPersons.person;
import static com.segumento.request.RequestPersons.token;
import static com.segumento.request.RequestYard.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.export.Manifest;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.CertificateLedger;
import com.segumento.lake.Commit;
import com.segumento.lake.Sample;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import com.segumento.model.RequestStep;
import com.segumento.pipeline.RetentionStage;
import com.segumento.pipeline.RetentionStage.Scope;
import com.segumento.privacy.questions.PersonSet;
import com.segumento.privacy.questions.PersonSets;
import com.segumento.privacy.questions.QuestionTable;
import com.segumento.privacy.questions.TellingGuard.Remembered;
import com.segumento.privacy.questions.Told;
import com.segumento.testkit.Declared;
import com.segumento.testkit.KilledCopies;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredValues;
import com.segumento.testkit.WatchedWrites;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * An erasure that is killed between any two changes of its lake, and started again. It is run once;
 * before each change the lake is copied, as it would be if the process had been killed there. Each
 * copy is gone on from.
 */
@ExtendWith(SparkExtension.class)
class KilledErasureTest {
  private static final ClientId ACME = new ClientId("acme");

  /**
   * Of how many copies one is gone on from, as each takes seconds; all of them with {@code
   * -Dsegumento.kills.every=1}.
   */
  private static final int EVERY = Integer.getInteger("segumento.kills.every", 17);

  private static final RetentionStage STAGE = new RetentionStage(Scope.ERASURES);

  @TempDir static Path directory;
  private static RequestYard yard;

  /** What the set of the question knows persons 2 to 5 by. */
  private static final List<String> PRINTS = new ArrayList<>();

  /** What is left of persons, and what is said of it. */
  private record End(
      Map<String, RequestStep> steps,
      List<Integer> customers,
      List<String> nominations,
      List<String> memory,
      List<String> asked,
      List<String> places,
      String tables) {}

  @BeforeAll
  static void lake(SparkSession spark) throws IOException {
    WatchedWrites.in(spark);
    yard = new RequestYard(spark, directory);
    yard.drop("customers", DAY.minusDays(1), "c-1", customers(0, 6));
    yard.ingest(DAY.minusDays(1));
    yard.drop("customers", DAY, "c-2", customers(6, 9));
    yard.ingest(DAY);
    memory(spark);
    question(spark);
    yard.ask("n-1", "nominate")
        .csv("token,nominee", token(3) + "," + token(7), token(5) + "," + token(4))
        .put();
    yard.ask("n-2", "nominate").csv("token,nominee", token(6) + "," + token(7)).put();
    yard.ask("e-1", "erase").csv("token", token(3), token(4)).put();
    yard.ask("later", "access").with("received", "2026-03-12").csv("token", token(3)).put();
    yard.requests().run(yard.workspace(DAY));
    // A log that names somebody, and what a killed run left.
    yard.lake
        .tables()
        .append(
            yard.table("customers"),
            yard.lake.tables().read(yard.table("customers")).limit(0),
            Commit.of(Map.of("stage", "ingest", "date", DAY.toString(), "who", token(4))));
    RequestYard.write(yard.root.resolve("staging/acme/killed/part"), token(3));
    String ads = "exports/acme/ads/dt=2026-03-09/run=2026-03-09-";
    String manifest = "{\"kind\": \"audience\", \"destination\": {\"key_id\": \"0123\"}}";
    for (int run : List.of(1, 2)) {
      RequestYard.write(yard.root.resolve(ads + run + "/manifest.json"), manifest);
      RequestYard.write(yard.root.resolve(ads + run + "/part-00000.csv"), "segment_id,token\n");
    }
  }

  @AfterAll
  static void out(SparkSession spark) {
    WatchedWrites.out(spark);
  }

  private static void memory(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int person : List.of(2, 3, 5)) {
      rows.add(
          RowFactory.create(
              "any",
              "grown",
              "{}",
              ReleaseMemory.PERSONS,
              person(person),
              BigDecimal.ZERO,
              1,
              0L,
              Date.valueOf(DAY)));
    }
    String path = yard.lake.layout().releaseMemory(ACME);
    Declared.table(yard.lake, path, ReleaseMemory.SCHEMA, List.of(ReleaseMemory.SHAPE.name()));
    yard.lake
        .tables()
        .append(
            path,
            spark.createDataFrame(rows, ReleaseMemory.SCHEMA),
            Commit.of(Map.of("date", DAY.toString())));
  }

  /** Of persons 2 to 5, each of whom is alone in a part of the set. */
  private static void question(SparkSession spark) {
    StructType schema = Field.schema(Memberships.SEGMENT_ID, Persons.PERSON_KEY);
    List<Row> members =
        Stream.of(2, 3, 4, 5).map(n -> RowFactory.create("asked", person(n))).toList();
    PersonSet persons = PersonSets.of(spark.createDataFrame(members, schema), 2).get("asked");
    QuestionTable.open(spark, yard.lake, ACME)
        .remember(
            "q-1",
            DAY,
            Sample.ALL,
            List.of(new Remembered(persons, new Told(Told.Kind.ABOUT, 5), "d")));
    spark
        .createDataFrame(members, schema)
        .selectExpr("xxhash64(12, person_key)")
        .collectAsList()
        .forEach(
            row ->
                PRINTS.add(
                    new String(
                        ByteBuffer.allocate(Long.BYTES).putLong(row.getLong(0)).array(),
                        StandardCharsets.ISO_8859_1)));
  }

  @Test
  void endsTheSameWhereverItIsKilled() throws IOException {
    assertThat(StoredValues.of(yard.root, path -> true)).contains(PRINTS);
    Map<Path, String> killed =
        KilledCopies.of(yard.root, directory, EVERY, () -> STAGE.run(yard.workspace(DAY)));
    End undisturbed = end(yard);
    assertThat(undisturbed.steps()).containsEntry("e-1", RequestStep.DONE);
    assertThat(undisturbed.customers()).containsExactly(0, 1, 2, 5, 6, 7, 8);
    assertThat(undisturbed.nominations()).containsExactly("n-2");
    assertThat(undisturbed.memory()).containsExactly("16", "32", "32");
    assertThat(undisturbed.places())
        .anyMatch(path -> path.startsWith("landing/acme/customers/") && path.contains("c-2"))
        .anyMatch(path -> path.startsWith("landing/acme/_requests/later"))
        .noneMatch(path -> path.contains("c-1") || path.matches("(staging|exports)/.*"));

    for (var state : killed.entrySet()) {
      RequestYard again = yard.over(state.getKey());
      again.requests().run(again.workspace(DAY));
      STAGE.run(again.workspace(DAY));
      assertThat(end(again)).as("killed before: %s", state.getValue()).isEqualTo(undisturbed);
    }
  }

  private static End end(RequestYard of) throws IOException {
    String everything =
        StoredValues.of(of.root, path -> !path.startsWith("landing/acme/_requests/later/"));
    assertThat(
            Stream.of(3, 4)
                .flatMap(n -> RequestPersons.needles(n).stream())
                .filter(everything::contains))
        .isEmpty();
    assertThat(everything)
        .contains(PRINTS.get(0), PRINTS.get(3))
        .doesNotContain(PRINTS.get(1), PRINTS.get(2));
    SparkSession spark = of.workspace(DAY).spark();
    assertThat(AuditLedger.open(spark, of.lake).verify().broken()).isEmpty();
    return new End(
        of.steps(),
        of.persons("customers"),
        of.texts(of.lake.layout().nominations(ACME), "request_id"),
        of.texts(of.lake.layout().releaseMemory(ACME), "cast(length(person_key) as string)"),
        of.texts(of.lake.layout().questions(ACME), "hex(parts)"),
        places(of.root),
        certified(of));
  }

  private static List<String> places(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(path -> path.matches("(landing|staging|exports)/.*"))
          .sorted()
          .toList();
    }
  }

  /** What the certificate says of tables; it is ours, and says the same whoever was killed. */
  private static String certified(RequestYard of) {
    Workspace workspace = of.workspace(DAY);
    JsonNode certificate =
        Manifest.parse(
            CertificateLedger.open(workspace.spark(), of.lake)
                .document("erasure-acme-e-1")
                .orElseThrow());
    String key = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS)).publicKey();
    assertThat(Manifest.verifies(certificate, key)).isTrue();
    assertThat(certificate.at("/proof/found").asInt(-1)).isZero();
    assertThat(certificate.at("/proof/objects_of_waiting_requests_left_alone").asInt())
        .isEqualTo(1);
    assertThat(certificate.at("/proof/folders_deleted_unsearched").asInt()).isEqualTo(2);
    List<String> tables = new ArrayList<>();
    for (JsonNode table : certificate.path("tables")) {
      assertThat(table.path("version_after").asLong())
          .isEqualTo(
              of.lake
                  .tables()
                  .version(of.lake.layout().root() + "/" + table.path("table").asText()));
      tables.add(
          table.path("table").asText()
              + " "
              + table.path("rows").asLong()
              + " "
              + table.path("version_before").asLong());
    }
    return String.join("\n", tables);
  }

  private static String[] customers(int from, int until) {
    return Stream.concat(
            Stream.of("who,age,gender,changed"),
            Stream.iterate(from, n -> n < until, n -> n + 1)
                .map(n -> token(n) + "," + (20 + n) + ",f,2026-03-08T00:00:00Z"))
        .toArray(String[]::new);
  }
}
