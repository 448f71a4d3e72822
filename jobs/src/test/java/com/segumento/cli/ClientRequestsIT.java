package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.access.AccessPolicy;
import com.segumento.access.Evaluator;
import com.segumento.access.Role;
import com.segumento.config.Configuration;
import com.segumento.lake.Lake;
import com.segumento.lake.Sessions;
import com.segumento.lake.Stage;
import com.segumento.model.Profiles;
import com.segumento.pipeline.Parts;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.Repository;
import com.segumento.testkit.S3Server;
import com.segumento.testkit.S3Tap;
import com.segumento.testkit.S3Tap.Asked;
import com.segumento.testkit.SecretsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of a client on a real S3 server; and all that is asked of the server on the way is
 * within the policy of the role whose work it is.
 */
class ClientRequestsIT {
  private static final String PROVIDER = "hadoop.security.credential.provider.path";

  @TempDir static Path directory;
  private static S3Server server;
  private static S3Tap tap;
  private static SparkSession spark;
  private static Lake lake;

  @BeforeAll
  static void start() throws Exception {
    FileSystem.closeAll(); // another test's server had the same bucket
    server = S3Server.start(directory);
    tap = S3Tap.before(server.sparkSettings().get("spark.hadoop.fs.s3a.endpoint"));
    SparkSession.Builder builder =
        Sessions.configure(SparkSession.builder())
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2");
    Map<String, String> settings = server.sparkSettings();
    settings.put("spark.hadoop.fs.s3a.endpoint", tap.endpoint());
    // It would list the whole bucket's uploads, which nobody may.
    settings.put("spark.hadoop.fs.s3a.committer.abort.pending.uploads", "false");
    settings.forEach(builder::config);
    spark = builder.getOrCreate();
    settings.forEach(
        (key, value) ->
            spark
                .sparkContext()
                .hadoopConfiguration()
                .set(key.substring("spark.hadoop.".length()), value));
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set(
            PROVIDER,
            SecretsFile.write(
                directory.resolve("secrets.jceks"),
                Map.of(
                    "acme.person.key", "the person key, 32 bytes or more, made up",
                    "ops.manifest.key", "the manifest key, 32 bytes or more, made up")));
    lake = AcmeLake.write(spark, server.root());
    lake.objects().write(server.root() + "/landing/acme/customers/dt=2026-02-27/c.csv", "a drop");
    lake.objects().write(server.root() + "/landing/acme2/customers/dt=2026-02-27/c.csv", "another");
    tap.asked();
  }

  @AfterAll
  static void stop() throws Exception {
    spark.stop();
    tap.close();
    server.close();
    FileSystem.closeAll();
  }

  @Test
  void whatIsAskedOfTheStoreIsWithinTheRolesPolicy() throws IOException {
    ran("adhoc", "--where", "spend_90d >= 5000", "--export", "state_reach");
    Set<Asked> engineer = tap.asked();
    // S3A's committer asks before it writes, only to warn, and goes on where that is refused.
    engineer.removeIf(one -> one.action().equals("s3:ListBucketMultipartUploads"));
    assertWithin(Role.DATA_ENGINEER, engineer);

    verifiesAsPrivacyOfficer();
    long profiles = profiles().count();
    ran("client", "export");
    ran("client", "archive", "--confirm", "acme");
    assertThat(below("clients/acme")).isEmpty();
    ran("client", "restore");
    assertThat(below("archive/acme")).isEmpty();
    assertWithin(Role.RETENTION, tap.asked());
    assertThat(profiles().count()).isEqualTo(profiles);

    ran("client", "offboard", "--confirm", "acme");
    Set<Asked> asked = tap.asked();
    assertThat(asked).anyMatch(one -> one.action().equals("s3:ListBucketMultipartUploads"));
    assertWithin(Role.RETENTION, asked);
    for (String area : List.of("landing", "clients", "staging", "exports", "archive")) {
      assertThat(below(area + "/acme")).as(area).isEmpty();
      assertThat(
              Files.exists(
                  directory.resolve("data").resolve(S3Server.BUCKET).resolve(area + "/acme")))
          .as("not even a folder's mark: %s", area)
          .isFalse();
    }
    assertThat(below("landing/acme2")).hasSize(1);
  }

  /** Of releases of a night, with all guarantees. */
  private static void verifiesAsPrivacyOfficer() throws IOException {
    String exports = "exports/acme";
    List<String> before = below(exports);
    ran(Parts.stages(), 0, "segment", "--client", "acme", "--date", "2026-02-27");
    // Of so few persons there is no panel.
    ran(Parts.stages(), 3, "export", "--client", "acme", "--date", "2026-02-27");
    List<String> manifests = new ArrayList<>(below(exports));
    manifests.removeAll(before);
    manifests.removeIf(file -> !file.endsWith("/manifest.json"));
    assertThat(manifests).hasSize(2);
    tap.asked();
    for (String manifest : manifests) {
      ran(List.of(), 0, "verify", "--path", manifest.substring(manifest.indexOf(exports)));
    }
    assertWithin(Role.PRIVACY_OFFICER, tap.asked());
  }

  private static org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> profiles() {
    return lake.tables().read(lake.layout().table(AcmeLake.ID, Profiles.NAME));
  }

  private static void assertWithin(Role role, Set<Asked> asked) {
    Configuration configuration = AcmeLake.configuration(server.root());
    Evaluator policy =
        new Evaluator(
            AccessPolicy.of(configuration.platform(), configuration.client(AcmeLake.ID), role)
                .json());
    List<Asked> denied = new ArrayList<>();
    // A mark at an area's folder that is empty after a delete: S3A goes on where that is refused.
    asked.removeIf(one -> one.action().equals("s3:PutObject") && one.of().matches("[a-z]+/"));
    for (Asked one : asked) {
      boolean list = one.action().startsWith("s3:ListBucket");
      Evaluator.Request request =
          new Evaluator.Request(
              one.action(),
              "arn:aws:s3:::" + S3Server.BUCKET + (list ? "" : "/" + one.of()),
              Map.of(
                  "aws:SecureTransport", "true",
                  "aws:RequestedRegion", "ap-south-1",
                  "s3:x-amz-server-side-encryption", "AES256",
                  "s3:prefix", one.of()));
      if (!policy.allows(request)) {
        denied.add(one);
      }
    }
    assertThat(asked).hasSizeGreaterThan(50);
    assertThat(denied).as("%s asks for more than it may", role.title()).isEmpty();
  }

  /** The objects, as the server keeps them: in files. */
  private static List<String> below(String prefix) throws IOException {
    Path folder = directory.resolve("data").resolve(S3Server.BUCKET).resolve(prefix);
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  private static void ran(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--client", "acme"));
    ran(List.of(), 0, all.toArray(String[]::new));
  }

  private static void ran(List<Stage> stages, int status, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--conf", Repository.path("conf").toString(), "--lake", server.root()));
    Ran ran = Ran.with(spark, stages, all.toArray(String[]::new));
    assertThat(ran.status()).as(ran.err()).isEqualTo(status);
  }
}
