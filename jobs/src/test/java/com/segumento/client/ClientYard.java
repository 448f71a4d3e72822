package com.segumento.client;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.model.Audit;
import com.segumento.model.Profiles;
import com.segumento.ops.Progress;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.SecretsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Copies of a lake with the client acme and another one, and what is needed to work on it. */
final class ClientYard implements AutoCloseable {
  static final String MANIFEST_KEY = "the manifest key, 32 bytes or more, made up";
  private static final String PROVIDER = "hadoop.security.credential.provider.path";

  final Path folder;
  final Lake lake;
  final Client acme;
  final Desk desk;
  private final SparkSession spark;

  /**
   * @param template keeps what is copied into each {@code folder}
   */
  ClientYard(SparkSession spark, Path template, Path folder) throws IOException {
    this.spark = spark;
    this.folder = folder;
    if (Files.notExists(template.resolve("lake"))) {
      fill(AcmeLake.write(spark, root(template)));
    }
    copy(template.resolve("lake"), folder.resolve("lake"));
    lake = Lake.open(spark, root(folder));
    Configuration configuration = AcmeLake.configuration(root(folder));
    acme = configuration.client(AcmeLake.ID);
    String secrets =
        SecretsFile.write(
            folder.resolve("secrets.jceks"),
            Map.of(
                "acme.person.key",
                "the key of acme's persons",
                "retail.person.key",
                "other",
                ManifestSigner.ALIAS,
                MANIFEST_KEY));
    spark.sparkContext().hadoopConfiguration().set(PROVIDER, secrets);
    desk = new Desk(spark, lake, Secrets.of(spark), configuration, Progress.SILENT);
  }

  @Override
  public void close() {
    spark.sparkContext().hadoopConfiguration().unset(PROVIDER);
  }

  /** Beside the tables: a second version, drops, a release, something staged, another client. */
  private static void fill(Lake written) {
    String profiles = written.layout().table(AcmeLake.ID, Profiles.NAME);
    written
        .tables()
        .append(profiles, written.tables().read(profiles).limit(3), Commit.of(Map.of("date", "x")));
    for (String file :
        List.of(
            "landing/acme/customers/dt=2026-02-27/customers.csv",
            "exports/acme/panel/dt=2026-02-27/run=1/manifest.json",
            "staging/acme/1/part.csv",
            "archive/acme/old/manifest.json",
            "landing/acme2/customers/dt=2026-02-27/customers.csv",
            "exports/retail/panel/dt=2026-02-27/run=1/manifest.json",
            "benchmarks/part.parquet",
            "reference/places/part.parquet")) {
      written.objects().write(written.layout().root() + "/" + file, "what is in " + file);
    }
  }

  /** Kills work before each step, the first time it comes to it; says how often. */
  static int everyStepOnce(Consumer<Steps> work) {
    Set<String> killed = new HashSet<>();
    boolean ended = false;
    while (!ended) {
      ended = ends(work, killed);
    }
    return killed.size();
  }

  private static boolean ends(Consumer<Steps> work, Set<String> killed) {
    try {
      work.accept(
          step -> {
            if (killed.add(step)) {
              throw new Killed();
            }
          });
      return true;
    } catch (Killed e) {
      return false; // as if the process had died there
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  List<String> actions() {
    return lake
        .tables()
        .read(lake.layout().ops(Audit.NAME))
        .orderBy(Audit.SEQUENCE.col())
        .collectAsList()
        .stream()
        .map(row -> row.<String>getAs(Audit.ACTION.name()))
        .toList();
  }

  List<String> fileNames() {
    try {
      return List.copyOf(files().keySet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file of the lake but checksums of the local file system: its path and bytes. */
  Map<String, String> files() throws IOException {
    Path root = folder.resolve("lake");
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".crc")) {
          files.put(
              root.relativize(file).toString(),
              Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private static String root(Path folder) {
    return folder.resolve("lake").toUri().toString();
  }
}
