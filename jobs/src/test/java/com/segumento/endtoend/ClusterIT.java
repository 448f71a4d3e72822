package com.segumento.endtoend;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Client;
import com.segumento.config.ConfigurationLoader;
import com.segumento.generate.DropGenerator;
import com.segumento.generate.GeneratorSettings;
import com.segumento.lake.Lake;
import com.segumento.lake.Sessions;
import com.segumento.model.ClientId;
import com.segumento.reference.ReferenceLoad;
import com.segumento.testkit.Needles;
import com.segumento.testkit.Repository;
import com.segumento.testkit.S3Server;
import com.segumento.testkit.SecretsFile;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StandaloneCluster;
import com.segumento.testkit.StoredText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped jar on a real cluster: a master, two workers, a driver and an S3 server, each a
 * process of its own, publish the same bytes as one process alone.
 */
class ClusterIT {
  private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
  private static final int DAYS = 30;
  private static final LocalDate NIGHT = FROM.plusDays(DAYS - 1L);
  private static final Path CONF = Repository.path("conf");
  private static final long PATIENCE_SECONDS = 400;
  private static final String PERSON_KEY = "a key of the cluster's test, 32 bytes or more";
  private static final String MANIFEST_KEY = "another key of the cluster's test, also long enough";
  private static final Pattern TOKEN = Pattern.compile("\\b[0-9a-f]{64}\\b");

  @TempDir Path directory;
  private S3Server server;
  private StandaloneCluster cluster;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.start(directory);
    cluster = StandaloneCluster.start(directory, "1g");
  }

  @AfterEach
  void stop() {
    cluster.close();
    server.close();
  }

  @Test
  void publishesTheSameBytesAsOneProcess() throws Exception {
    fill(server.root() + "/alone");
    copy(bucket().resolve("alone"), bucket().resolve("together"));

    nightly("alone", "local[2]", Map.of());
    // As tables of this size have it faster, and other than alone: the bytes are the same for that.
    Map<String, String> small = new TreeMap<>(SparkExtension.INTERPRETED);
    small.put("spark.sql.shuffle.partitions", "2");
    nightly("together", cluster.master(), small);

    Map<String, List<Byte>> alone = published("alone");
    assertThat(alone.keySet())
        .hasSizeGreaterThanOrEqualTo(4)
        .anyMatch(name -> name.endsWith("manifest.json"))
        .noneMatch(name -> name.contains("_SUCCESS"));
    assertThat(published("together")).isEqualTo(alone);
    assertThat(files(bucket().resolve("together/staging"))).isEmpty();
    noProcessSaidAnythingOfAPerson();
  }

  /** Logs and event logs of driver, master, workers and executors, and all that they share. */
  private void noProcessSaidAnythingOfAPerson() throws IOException {
    String said =
        StoredText.bytes(
            directory,
            path ->
                !path.matches("data/[^/]+/[^/]+/(landing|clients)/.*")
                    && !path.endsWith(".jar")
                    && !path.endsWith(".jceks"));
    assertThat(said).contains("SparkListenerSQLExecutionStart", "Ingest begins: client=acme");
    List<String> tokens = tokens();
    assertThat(Needles.ofTokens(tokens)).isNotEmpty().noneMatch(said::contains);
    assertThat(Needles.ofKeys(PERSON_KEY.getBytes(StandardCharsets.UTF_8), tokens))
        .noneMatch(said::contains);
    assertThat(said).doesNotContain(PERSON_KEY).doesNotContain(MANIFEST_KEY);
  }

  private List<String> tokens() throws IOException {
    Set<String> tokens = new TreeSet<>();
    for (Path file : files(bucket().resolve("alone/landing/acme/customers"))) {
      if (file.toString().endsWith(".gz")) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
          TOKEN
              .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
              .results()
              .forEach(found -> tokens.add(found.group()));
        }
      }
    }
    return List.copyOf(tokens);
  }

  /** References and the drops of one night. */
  private void fill(String root) {
    SparkSession.Builder builder =
        Sessions.configure(SparkSession.builder())
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2");
    SparkExtension.INTERPRETED.forEach(builder::config);
    server.sparkSettings().forEach(builder::config);
    SparkSession spark = builder.getOrCreate();
    try {
      Lake lake = Lake.open(spark, root);
      Client acme = ConfigurationLoader.load(CONF).client(new ClientId("acme"));
      for (String name : List.of("places", "demographics")) {
        ReferenceLoad.load(
            spark, lake, name, CONF.resolve("reference").toString(), FROM, "reference-" + name);
      }
      DropGenerator.generate(spark, lake, acme, GeneratorSettings.of(6000, DAYS, 7, FROM, 1));
    } finally {
      spark.stop();
    }
  }

  private void nightly(String lake, String master, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path log = directory.resolve(lake + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Repository.path("scripts/segumento").toString(),
                "nightly",
                "--date",
                NIGHT.toString(),
                "--client",
                "acme",
                "--lake",
                server.root() + "/" + lake)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("SEGUMENTO_BUILT", "yes");
    environment.put("SEGUMENTO_MASTER", master);
    environment.put("SEGUMENTO_DRIVER_MEMORY", "1g");
    environment.put("SEGUMENTO_SPARK_CONF", sparkSettings(settings).toString());
    environment.put("SEGUMENTO_LOG_DIR", directory.resolve("log-" + lake).toString());
    environment.remove("SPARK_HOME");
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(log)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  private Path sparkSettings(Map<String, String> more) throws IOException {
    Map<String, String> given = new TreeMap<>(server.sparkSettings());
    given.putAll(more);
    String prefix = "spark.hadoop.";
    Map<String, String> secrets = new TreeMap<>();
    for (String key : List.of("fs.s3a.access.key", "fs.s3a.secret.key")) {
      secrets.put(key, given.remove(prefix + key));
    }
    secrets.put("acme.person.key", PERSON_KEY);
    secrets.put("ops.manifest.key", MANIFEST_KEY);
    Path provider = directory.resolve("secrets.jceks");
    if (!Files.exists(provider)) {
      SecretsFile.write(provider, secrets);
    }
    given.put(
        prefix + "hadoop.security.credential.provider.path",
        "localjceks://file" + provider.toAbsolutePath());
    given.put(
        "spark.driver.extraJavaOptions",
        "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m -XX:+UseParallelGC");
    given.put(
        "spark.executor.extraJavaOptions",
        "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m -XX:+UseParallelGC");
    given.put("spark.executor.memory", "768m");
    given.put("spark.eventLog.enabled", "true");
    given.put("spark.eventLog.compress", "false");
    given.put(
        "spark.eventLog.dir",
        Files.createDirectories(directory.resolve("events")).toUri().toString());
    List<String> lines = new ArrayList<>();
    given.forEach((key, value) -> lines.add(key + " " + value));
    return Files.write(directory.resolve("spark.conf"), lines);
  }

  private Path bucket() {
    return directory.resolve("data").resolve(S3Server.BUCKET);
  }

  private Map<String, List<Byte>> published(String lake) throws IOException {
    Path exports = bucket().resolve(lake).resolve("exports");
    Map<String, List<Byte>> bytes = new TreeMap<>();
    for (Path file : files(exports)) {
      List<Byte> content = new ArrayList<>();
      for (byte one : Files.readAllBytes(file)) {
        content.add(one);
      }
      bytes.put(exports.relativize(file).toString(), content);
    }
    return bytes;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path source : all.toList()) {
        Path target = to.resolve(from.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.copy(source, target, COPY_ATTRIBUTES); // the server keeps entity tags in attributes
        }
      }
    }
  }
}
