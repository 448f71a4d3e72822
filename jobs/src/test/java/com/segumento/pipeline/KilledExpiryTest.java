package com.segumento.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Configuration;
import com.segumento.export.Manifest;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.CertificateLedger;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.model.Events;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.ops.Progress;
import com.segumento.pipeline.RetentionStage.Scope;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.Declared;
import com.segumento.testkit.KilledCopies;
import com.segumento.testkit.SecretsFile;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.WatchedWrites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
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
 * An expiry that is killed between any two changes of its lake. A later run deletes what is left,
 * and what is gone is certified, whichever run deleted it.
 */
@ExtendWith(SparkExtension.class)
class KilledExpiryTest {
  /** All of them with {@code -Dsegumento.kills.every=1}. */
  private static final int EVERY = Integer.getInteger("segumento.kills.every", 19);

  private static final LocalDate DATE = AcmeLake.DATE;
  private static final StructType ORDERS =
      Field.schema(Persons.PERSON_KEY, Events.EVENT_DATE, Events.DROP_DATE, Events.DROP_ID);
  private static final RetentionStage STAGE = new RetentionStage(Scope.ALL);

  @TempDir static Path directory;
  private static Path root;

  @BeforeAll
  static void lake(SparkSession spark) throws IOException {
    WatchedWrites.in(spark);
    SecretsFile.write(
        directory.resolve("secrets.jceks"),
        Map.of("ops.manifest.key", "what certificates of a test are signed with"));
    root = directory.resolve("lake");
    for (String path :
        List.of(
            drop(8) + "/a.csv",
            drop(8) + "/b.csv",
            drop(8) + "/_MANIFEST.json",
            drop(7) + "/a.csv",
            "exports/acme/told/dt=" + DATE.minusDays(91) + "/1/f.csv")) {
      Files.createDirectories(root.resolve(path).getParent());
      Files.writeString(root.resolve(path), "x");
    }
    Lake lake = Lake.open(spark, root.toUri().toString());
    String orders = lake.layout().table(AcmeLake.ID, "orders");
    Declared.table(lake, orders, ORDERS, List.of(Events.EVENT_DATE.name()));
    List<Row> rows = new ArrayList<>();
    for (int days : new int[] {731, 730}) {
      Date day = Date.valueOf(DATE.minusDays(days));
      rows.add(RowFactory.create("a person of a test".getBytes(UTF_8), day, day, "d"));
    }
    lake.tables()
        .append(
            orders,
            spark.createDataFrame(rows, ORDERS).coalesce(1),
            Commit.of(Map.of("date", DATE.toString())));
  }

  @AfterAll
  static void out(SparkSession spark) {
    WatchedWrites.out(spark);
  }

  @Test
  void isEndedAndCertifiedByALaterRun(SparkSession spark) throws IOException {
    Map<Path, String> killed =
        KilledCopies.of(
            root, directory, EVERY, () -> STAGE.run(workspace(spark, root, DATE + "-1")));
    assertThat(certified(spark, root))
        .containsExactlyInAnyOrder(
            "retention.landing_days landing/acme/orders/dt=" + DATE.minusDays(8),
            "retention.exports_days exports/acme/told/dt=" + DATE.minusDays(91),
            "retention.events_days clients/acme/tables/orders");
    List<String> left = left(root);
    assertThat(left)
        .hasSize(2)
        .anyMatch(path -> path.equals(drop(7) + "/a.csv"))
        .anyMatch(path -> path.contains("event_date=" + DATE.minusDays(730)));
    assertThat(STAGE.lines(workspace(spark, root, DATE + "-2"))).isEmpty();

    for (var state : killed.entrySet()) {
      Workspace later = workspace(spark, state.getKey(), DATE + "-2");
      STAGE.run(later);
      assertThat(left(state.getKey())).as("killed before: %s", state.getValue()).isEqualTo(left);
      assertThat(certified(spark, state.getKey()))
          .as("killed before: %s", state.getValue())
          .containsExactlyInAnyOrderElementsOf(certified(spark, root));
      assertThat(STAGE.lines(later)).isEmpty();
    }
  }

  /** Rule and subject of what certificates say is gone, after a look at each of them. */
  private static List<String> certified(SparkSession spark, Path of) {
    Workspace workspace = workspace(spark, of, DATE + "-3");
    String key = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS)).publicKey();
    List<String> gone = new ArrayList<>();
    long objects = 0;
    for (String document :
        CertificateLedger.open(spark, workspace.lake()).documents("acme", "expiry")) {
      JsonNode certificate = Manifest.parse(document);
      assertThat(Manifest.verifies(certificate, key)).isTrue();
      assertThat(certificate.path("business_date").asText()).isEqualTo(DATE.toString());
      objects += certificate.path("objects_deleted").asLong();
      certificate
          .path("expired")
          .forEach(
              each -> gone.add(each.path("rule").asText() + " " + each.path("subject").asText()));
    }
    // All four of the folders, and the file of the table unless the killed run deleted it.
    assertThat(objects).isBetween(4L, 5L);
    assertThat(AuditLedger.open(spark, workspace.lake()).verify().broken()).isEmpty();
    return gone;
  }

  private static List<String> left(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> of.relativize(file).toString())
          .filter(path -> !path.startsWith("ops/") && !path.contains("_delta_log"))
          .filter(path -> !path.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  private static String drop(int days) {
    return "landing/acme/orders/dt=" + DATE.minusDays(days) + "/d-" + days;
  }

  private static Workspace workspace(SparkSession spark, Path of, String run) {
    Configuration configuration = AcmeLake.configuration(of.toUri().toString());
    var hadoop = new org.apache.hadoop.conf.Configuration(false);
    hadoop.set(
        CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH,
        "localjceks://file" + directory.resolve("secrets.jceks").toAbsolutePath());
    return new Workspace(
        spark,
        Lake.open(spark, of.toUri().toString()),
        new Secrets(hadoop),
        configuration.platform(),
        configuration.client(AcmeLake.ID),
        configuration.segments(AcmeLake.ID),
        DATE,
        run,
        configuration.directory(),
        Progress.SILENT);
  }
}
