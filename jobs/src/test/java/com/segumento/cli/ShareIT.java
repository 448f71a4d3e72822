package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.Lake;
import com.segumento.lake.PresignedUrls;
import com.segumento.lake.Sessions;
import com.segumento.model.Audit;
import com.segumento.model.Usage;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.Repository;
import com.segumento.testkit.S3Server;
import com.segumento.testkit.SecretsFile;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code share} on a real S3 server: URLs that read without a key, for a while, one object each.
 */
class ShareIT {
  private static final String PROVIDER = "hadoop.security.credential.provider.path";
  private static final HttpClient BROWSER = HttpClient.newHttpClient();

  @TempDir static Path directory;
  private static S3Server server;
  private static SparkSession spark;
  private static Lake lake;
  private static String release;

  @BeforeAll
  static void publish() throws Exception {
    FileSystem.closeAll(); // another test's server had the same bucket
    server = S3Server.start(directory);
    SparkSession.Builder builder =
        Sessions.configure(SparkSession.builder())
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2");
    SparkExtension.INTERPRETED.forEach(builder::config);
    server.sparkSettings().forEach(builder::config);
    spark = builder.getOrCreate();
    server
        .sparkSettings()
        .forEach(
            (key, value) -> {
              String name = key.substring("spark.hadoop.".length());
              spark.sparkContext().hadoopConfiguration().set(name, value);
            });
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set(
            PROVIDER,
            SecretsFile.write(
                directory.resolve("secrets.jceks"),
                Map.of("ops.manifest.key", "the manifest key, 32 bytes or more, made up")));
    lake = AcmeLake.write(spark, server.root());
    Ran ran = run("adhoc", "--where", "spend_90d >= 5000", "--export", "state_reach", "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    release = json(ran).path("release").asText();
  }

  @AfterAll
  static void stop() throws Exception {
    spark.stop();
    server.close();
    FileSystem.closeAll();
  }

  @Test
  void aReleaseIsReadByItsUrlsAndNothingElseIs() throws Exception {
    Ran ran;
    String heard;
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      ran = share("--expires", "24h", "--json");
      heard = ears.heard();
    }
    assertThat(ran.status()).as(ran.err()).isZero();
    JsonNode shared = json(ran);
    assertThat(shared.path("files").findValuesAsText("path"))
        .containsExactly("part-00000.csv", "manifest.json");
    assertThat(shared.path("adhoc").asBoolean()).isTrue(); // there is no other
    assertThat(shared.path("left_out")).isEmpty();
    for (JsonNode file : shared.path("files")) {
      HttpResponse<String> got = get(file.path("url").asText());
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(got.body())
          .isEqualTo(lake.objects().text(release + "/" + file.path("path").asText()).orElseThrow())
          .hasSize(file.path("bytes").asInt());
    }
    String url = shared.at("/files/0/url").asText();
    assertThat(get(url.replace("part-00000.csv", "manifest.json")).statusCode()).isEqualTo(403);
    assertThat(get(url.replace("X-Amz-Expires=86400", "X-Amz-Expires=86401")).statusCode())
        .isEqualTo(403);
    assertThat(get(url.substring(0, url.indexOf('?'))).statusCode()).isEqualTo(403);

    String signature = url.replaceFirst(".*X-Amz-Signature=", "").substring(0, 32);
    assertThat(heard + ran.err()).doesNotContain(signature, "X-Amz-");
    assertThat(StoredText.bytes(directory, path -> !path.endsWith(".log")))
        .doesNotContain(signature);
    assertThatItIsInTheLedgers(shared);
  }

  private static void assertThatItIsInTheLedgers(JsonNode shared) {
    List<Row> usage =
        lake.tables()
            .read(lake.layout().ops(Usage.NAME))
            .to(Usage.SCHEMA)
            .filter(Usage.ACTION.col().equalTo("release.shared"))
            .collectAsList();
    assertThat(usage).hasSize(1);
    Row row = usage.get(0);
    assertThat(List.of(row.get(3), row.get(4), row.get(5), row.get(6), row.get(7)))
        .isEqualTo(
            List.of("release.shared", "acme", "state_reach", shared.path("run").asText(), 2));
    assertThat(row.<String>getAs(Usage.ACTOR.name())).isNotBlank();
    assertThat(row.<java.sql.Timestamp>getAs(Usage.EXPIRES_AT.name()).toInstant())
        .isEqualTo(Instant.parse(shared.path("expires_at").asText()));
    assertThat(
            lake.tables()
                .read(lake.layout().ops(Audit.NAME))
                .filter(Audit.ACTION.col().equalTo("release.shared"))
                .select(Audit.SUBJECT.col())
                .collectAsList()
                .toString())
        .isEqualTo("[[acme/state_reach]]");
  }

  @Test
  void aUrlIsRefusedOnceItHasExpired() throws Exception {
    try (PresignedUrls urls = PresignedUrls.open(spark, server.root())) {
      String url = urls.url(release + "/manifest.json", Duration.ofSeconds(2));
      assertThat(get(url).statusCode()).isEqualTo(200);
      TimeUnit.SECONDS.sleep(4);
      assertThat(get(url).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void onlyAReleaseThatIsAsItWasSignedIsShared() {
    String data = lake.objects().text(release + "/part-00000.csv").orElseThrow();
    lake.objects().write(release + "/part-00000.csv", data.replace("75", "76"));
    Ran ran = share("--expires", "1h");
    lake.objects().write(release + "/part-00000.csv", data);
    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("The file part-00000.csv has another checksum.");

    Ran none = share("--expires", "1h", "--date", "2026-02-26");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err())
        .contains("no release of export state_reach of client acme on 2026-02-26");
    Ran climbing = run("share", "--export", "../other/x", "--expires", "1h");
    assertThat(climbing.status()).isEqualTo(2);
  }

  @Test
  void aReleaseThatWasFoundViolatedIsNotSharedUntilItIsFoundToHold() {
    lake.objects().write(release + "/more.csv", "");
    Ran verify = runAny("verify", "--path", release);
    lake.objects().delete(release + "/more.csv");
    assertThat(verify.status()).as(verify.err()).isEqualTo(3);
    Ran ran = share("--expires", "1h");
    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("is not shared: verify found it violated on ")
        .contains("segumento verify --path ");

    AuditLedger.open(spark, lake)
        .append(
            "verify",
            "release.holds",
            "acme/state_reach",
            Map.of("release", lake.layout().relative(release)));
    assertThat(share("--expires", "1h").status()).isZero();
  }

  private static Ran share(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "share";
    all[1] = "--export";
    all[2] = "state_reach";
    System.arraycopy(more, 0, all, 3, more.length);
    return run(all);
  }

  private static Ran run(String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--client", "acme"));
    return runAny(all.toArray(String[]::new));
  }

  private static Ran runAny(String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--conf", Repository.path("conf").toString(), "--lake", server.root()));
    return Ran.with(spark, List.of(), all.toArray(String[]::new));
  }

  private static JsonNode json(Ran ran) throws IOException {
    return new ObjectMapper().readTree(ran.out());
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return BROWSER.send(
        HttpRequest.newBuilder(URI.create(url)).build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
