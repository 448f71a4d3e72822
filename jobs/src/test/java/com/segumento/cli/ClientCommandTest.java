package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.CertificateLedger;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.Secrets;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.ops.StageReport;
import com.segumento.retention.Certificate;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SecretsFile;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code client} and {@code policies} say. */
@ExtendWith(SparkExtension.class)
class ClientCommandTest {
  private static final String PROVIDER = "hadoop.security.credential.provider.path";

  @TempDir Path folder;
  private SparkSession spark;
  private Lake lake;

  @BeforeEach
  void drop(SparkSession session) throws IOException {
    spark = session;
    lake = Lake.open(spark, "file:" + folder.resolve("lake"));
    for (String client : List.of("acme", "retail")) {
      lake.objects().write(lake.layout().root() + "/landing/" + client + "/orders/a.csv", "four");
    }
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set(
            PROVIDER,
            SecretsFile.write(
                folder.resolve("secrets.jceks"),
                Map.of(
                    "acme.person.key", "the key of acme's persons",
                    "ops.manifest.key", "the manifest key, 32 bytes or more, made up")));
  }

  @AfterEach
  void forget() {
    spark.sparkContext().hadoopConfiguration().unset(PROVIDER);
  }

  @Test
  void nothingIsRemovedWithoutTheClientsIdOnceMore() {
    for (String[] confirm : new String[][] {{}, {"--confirm", "retail"}}) {
      Ran refused =
          client(Stream.concat(Stream.of("archive"), Stream.of(confirm)).toArray(String[]::new));
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err())
          .isEqualTo(
              "segumento: Nothing was done. See what would be with --dry-run; then say --confirm"
                  + " acme.\n");
    }
    Ran dry = client("archive", "--dry-run");
    assertThat(dry.status()).as(dry.err()).isZero();
    assertThat(dry.out().lines())
        .containsExactly(
            "client: acme",
            "status: would be archived",
            "  " + lake.layout().root() + "/clients/acme: 0 objects, 0 bytes",
            "  " + lake.layout().root() + "/exports/acme: 0 objects, 0 bytes",
            "  " + lake.layout().root() + "/landing/acme: 1 objects, 4 bytes");
    assertThat(lake.objects().exists(lake.layout().root() + "/landing/acme/orders/a.csv")).isTrue();
    assertThat(lake.objects().exists(lake.layout().ops("clients"))).isFalse();
  }

  @Test
  void aNightLeavesOutWhoIsInTheArchiveAndRefusesWhoNamesIt() throws IOException {
    assertThat(client("archive", "--confirm", "acme").status()).isZero();
    Ran night = run("nightly", "--date", "2026-02-27");
    assertThat(night.status()).as(night.err()).isZero();
    assertThat(night.out()).contains("retail").doesNotContain("acme");
    assertThat(night.err()).contains("segumento: left out: Client acme is in the archive ");
    Ran named = run("nightly", "--date", "2026-02-27", "--client", "acme");
    assertThat(named.status()).isEqualTo(2);
    assertThat(named.err())
        .contains("segumento: acme: Client acme is in the archive ")
        .contains("Bring it back with: segumento client restore");
    JsonNode restored = new ObjectMapper().readTree(client("restore", "--json").out());
    assertThat(restored.path("status").asText()).isEqualTo("restored");
    assertThat(restored.path("files").asInt()).isEqualTo(1);
    assertThat(run("nightly", "--date", "2026-02-27").out()).contains("acme");
  }

  @Test
  void offboardingEndsWithACertificateThatHolds() throws IOException {
    assertThat(client("hold", "--reason", "case 17").status()).isZero();
    Ran held = client("offboard", "--confirm", "acme");
    assertThat(held.status()).isEqualTo(2);
    assertThat(held.err()).contains("There is a legal hold on client acme");
    assertThat(client("release", "--reason", "closed").status()).isZero();
    Ran dry = client("offboard", "--dry-run");
    assertThat(dry.out())
        .startsWith("client: acme\nstatus: would be offboarded\n")
        .contains("  " + lake.layout().root() + "/landing/acme: 1 objects, 4 bytes\n")
        .endsWith("  acme.person.key\n");
    Ran done = client("offboard", "--confirm", "acme", "--json");
    assertThat(done.status()).as(done.err()).isZero();
    String id = new ObjectMapper().readTree(done.out()).path("certificate").asText();
    String document = CertificateLedger.open(spark, lake).document(id).orElseThrow();
    Certificate.Checked checked =
        new Certificate(
                CertificateLedger.open(spark, lake),
                AuditLedger.open(spark, lake),
                new ManifestSigner(Secrets.of(spark).secret(ManifestSigner.ALIAS)))
            .check(document);
    assertThat(checked.signed() && checked.inLedger()).isTrue();
    assertThat(checked.document().path("destroyed_keys").asText()).isEqualTo("acme.person.key");
    assertThat(lake.objects().everything(lake.layout().root() + "/landing"))
        .extracting(ObjectStore.StoredObject::uri)
        .allMatch(uri -> uri.contains("/landing/retail/"))
        .isNotEmpty();
    assertThat(run("nightly", "--date", "2026-02-27").err())
        .contains("Nothing is run for it. Remove conf/clients/acme.yaml.");
    assertThat(run("verify", "--audit").status()).isZero();
  }

  @Test
  void aHoldIsSaidAndLifted() {
    assertThat(client("hold", "--reason", "case 17").out())
        .isEqualTo("client: acme\nstatus: held\n");
    assertThat(client("hold", "--reason", "case 17").out()).endsWith("status: was held already\n");
    assertThat(client("release", "--reason", "closed").out()).endsWith("status: released\n");
    assertThat(client("hold", "--reason", " ").status()).isEqualTo(2);
  }

  @Test
  void aPolicyIsPrintedWithoutSpark() throws IOException {
    String conf = Repository.path("conf").toString();
    Ran table = Ran.of("policies", "--client", "acme", "--role", "client", "--conf", conf);
    assertThat(table.status()).as(table.err()).isZero();
    assertThat(table.out().lines())
        .containsExactly(
            "prefix                  read  list  write  delete",
            "landing/acme/           -     -     yes    -",
            "clients/acme/requests/  yes   yes   -      -",
            "exports/acme/           yes   yes   -      -",
            "Nothing else is allowed. The policy: add --json.");
    Ran json =
        Ran.of("policies", "--client", "acme", "--role", "operator", "--conf", conf, "--json");
    assertThat(new ObjectMapper().readTree(json.out()).path("Version").asText())
        .isEqualTo("2012-10-17");
    Ran unknown = Ran.of("policies", "--client", "acme", "--role", "boss", "--conf", conf);
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err())
        .startsWith("segumento: Invalid setting --role: boss. Expected operator");
  }

  private Ran client(String... arguments) {
    return run(
        Stream.of(Stream.of("client"), Stream.of(arguments), Stream.of("--client", "acme"))
            .flatMap(any -> any)
            .toArray(String[]::new));
  }

  private Ran run(String... arguments) {
    String[] all =
        Stream.concat(
                Stream.of(arguments),
                Stream.of(
                    "--conf", Repository.path("conf").toString(), "--lake", lake.layout().root()))
            .toArray(String[]::new);
    return Ran.with(spark, List.of(new Nothing()), all);
  }

  /** A stage that only says that it ran. */
  private record Nothing() implements Stage {
    @Override
    public String name() {
      return "ingest";
    }

    @Override
    public Optional<String> inputs(Workspace workspace) {
      return Optional.of("same");
    }

    @Override
    public void run(Workspace workspace, StageReport.Builder report) {
      report.count("rows_ingested", 1);
    }
  }
}
