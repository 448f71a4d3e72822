package com.segumento.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.export.Manifest;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.ClientLedger;
import com.segumento.lake.ClientLedger.State;
import com.segumento.lake.Commit;
import com.segumento.lake.Holds;
import com.segumento.lake.Lake;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.lake.Secrets;
import com.segumento.model.Audit;
import com.segumento.model.ConfigException;
import com.segumento.model.LeaseHeldException;
import com.segumento.model.Profiles;
import com.segumento.ops.Progress;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.SecretsFile;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Requests of the whole client acme, beside another client that must stay as it is. */
@ExtendWith(SparkExtension.class)
class ClientRequestsTest {
  private static final String MANIFEST_KEY = "the manifest key, 32 bytes or more, made up";
  private static final String PROVIDER = "hadoop.security.credential.provider.path";

  @TempDir static Path template;
  @TempDir Path folder;
  private SparkSession spark;
  private Lake lake;
  private Client acme;
  private Desk desk;

  @BeforeEach
  void open(SparkSession session) throws IOException {
    spark = session;
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

  @AfterEach
  void forget() {
    spark.sparkContext().hadoopConfiguration().unset(PROVIDER);
  }

  /** Beside the tables: a second version, drops, a release, something staged, another client. */
  private void fill(Lake written) {
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

  @Test
  void archivesAndRestoresByteForByteWheneverItIsKilled() throws IOException {
    Map<String, String> before = files();
    new Archiving(desk).archive(acme);
    assertThat(files().keySet())
        .filteredOn(file -> file.contains("/acme/") && !file.startsWith("ops/"))
        .isNotEmpty()
        .allMatch(file -> file.startsWith("archive/acme/"));
    assertThatThrownBy(() -> new Leases(lake).take(AcmeLake.ID, AcmeLake.DATE, "run"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is in the archive")
        .hasMessageEndingWith("Bring it back with: segumento client restore");
    assertThatThrownBy(() -> new Archiving(desk).archive(acme)).isInstanceOf(ConfigException.class);
    new Archiving(desk).restore(acme);
    assertRestored(before);
    String profiles = lake.layout().table(AcmeLake.ID, Profiles.NAME);
    assertThat(lake.tables().read(profiles).count()).isEqualTo(AcmeLake.PERSONS + 3);
    assertThat(lake.tables().read(profiles, 1).count()).isEqualTo(AcmeLake.PERSONS);
    assertThatCode(() -> new Leases(lake).take(AcmeLake.ID, AcmeLake.DATE, "run").close())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new Archiving(desk).restore(acme))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Client acme is not in the archive.");

    int killed = everyStepOnce(steps -> new Archiving(desk, steps).archive(acme));
    assertThat(killed).isEqualTo(10);
    assertThat(files().keySet())
        .filteredOn(file -> file.startsWith("clients/acme/") || file.startsWith("exports/acme/"))
        .isEmpty();
    killed = everyStepOnce(steps -> new Archiving(desk, steps).restore(acme));
    assertThat(killed).isEqualTo(8);
    assertRestored(before);
  }

  private void assertRestored(Map<String, String> before) throws IOException {
    Map<String, String> expected = new TreeMap<>(before);
    expected.keySet().removeIf(file -> file.startsWith("staging/acme/"));
    Map<String, String> now = files();
    now.keySet().removeIf(file -> file.startsWith("ops/"));
    assertThat(now).isEqualTo(expected);
  }

  @Test
  void anArchiveThatIsNotWholeRemovesNothing() throws IOException {
    Steps spoil =
        step -> {
          if (step.startsWith("verify ")) {
            Path copied = some("archive/acme/", "customers.csv");
            write(copied, "spoilt");
          }
        };
    Map<String, String> before = files();
    assertThatThrownBy(() -> new Archiving(desk, spoil).archive(acme))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Files are not as the manifest says, below ");
    assertThat(files()).containsAllEntriesOf(before);
  }

  @Test
  void offboardsWheneverItIsKilledAndLeavesOthersAlone() throws IOException {
    Map<String, String> others = files();
    others.keySet().removeIf(file -> file.contains("/acme/"));
    List<String> certificates = new ArrayList<>();
    Issue issue =
        (id, client, details) -> {
          assertThat(files0()).noneMatch(file -> file.matches("(?!ops/).*/acme/.*"));
          assertThat(details)
              .doesNotContainKey("token")
              .containsEntry("destroyed_keys", "acme.person.key");
          certificates.add(id);
          return id;
        };
    assertThat(Offboarding.plan(desk, acme).aliases()).containsExactly("acme.person.key");
    int killed =
        everyStepOnce(
            steps ->
                new Offboarding(desk, issue, new Prefixes(lake.objects()), steps).offboard(acme));
    assertThat(killed).isEqualTo(11);
    assertThat(certificates).isNotEmpty();
    assertThat(certificates.stream().distinct()).as("one request").hasSize(1);

    Map<String, String> now = files();
    now.keySet().removeIf(file -> file.startsWith("ops/"));
    assertThat(now).isEqualTo(others);
    for (String prefix : lake.layout().prefixes(AcmeLake.ID)) {
      assertThat(lake.objects().exists(prefix)).as(prefix).isFalse();
    }
    assertThatThrownBy(() -> Secrets.of(spark).secret("acme.person.key"))
        .isInstanceOf(ConfigException.class);
    assertThat(Secrets.of(spark).secret("retail.person.key")).isNotEmpty();
    assertThatThrownBy(() -> new Leases(lake).takeQuestions(AcmeLake.ID, "question"))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("Nothing is run for it. Remove conf/clients/acme.yaml.");
    assertThatThrownBy(() -> new Holding(desk).hold(AcmeLake.ID, "too late"))
        .isInstanceOf(ConfigException.class);
    assertThat(actions()).contains("client.offboarded");

    int issued = certificates.size();
    new Offboarding(desk, issue).offboard(acme);
    assertThat(certificates).as("twice changes nothing").hasSize(issued);
  }

  @Test
  void neverCertifiesLeftovers() {
    Prefixes.Store deaf =
        new Prefixes.Store() {
          private int asked;

          @Override
          public void delete(String prefix) {
            if (prefix.contains("/exports/")) {
              asked++;
              if (asked == 2) {
                throw new UncheckedIOException(new IOException("503"));
              }
              return; // says yes and does nothing
            }
            lake.objects().delete(prefix);
          }

          @Override
          public List<String> list(String prefix) {
            return lake.objects().list(prefix).stream().map(Object::toString).toList();
          }
        };
    Issue none =
        (id, client, details) -> {
          throw new AssertionError("Certified leftovers");
        };
    assertThatThrownBy(
            () -> new Offboarding(desk, none, new Prefixes(deaf), Steps.ALL).offboard(acme))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Not empty after it was deleted: ")
        .hasMessageEndingWith("/exports/acme");
    assertThat(ClientLedger.of(lake).life(AcmeLake.ID).orElseThrow().state())
        .isEqualTo(State.OFFBOARDING);
    assertThat(Secrets.of(spark).secret("acme.person.key")).as("keys go last").isNotEmpty();
  }

  @Test
  void aHoldOutranksOffboardingAndARunKeepsItOff() throws IOException {
    Map<String, String> before = files();
    Issue none =
        (id, client, details) -> {
          throw new AssertionError("Certified what was not done");
        };
    assertThat(Holds.of(lake).active(AcmeLake.ID)).isFalse();
    assertThat(new Holding(desk).hold(AcmeLake.ID, "case 17")).isTrue();
    assertThat(new Holding(desk).hold(AcmeLake.ID, "case 17")).isFalse();
    assertThat(Holds.of(lake).active(AcmeLake.ID)).isTrue();
    assertThatThrownBy(() -> new Offboarding(desk, none).offboard(acme))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("There is a legal hold on client acme");
    assertThat(new Holding(desk).release(AcmeLake.ID, "closed")).isTrue();
    assertThat(Holds.of(lake).active(acme)).isFalse();
    try (Lease run = new Leases(lake).take(AcmeLake.ID, AcmeLake.DATE, "2026-02-27-1")) {
      run.check();
      assertThatThrownBy(() -> new Offboarding(desk, none).offboard(acme))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageStartingWith("Run 2026-02-27-1 has worked on client acme: 2026-02-27 since");
    }
    assertThat(files()).containsAllEntriesOf(before);
    assertThat(actions()).containsExactly("client.held", "client.released");
  }

  @Test
  void exportsAllTablesWithManifestAndChecksums() throws IOException {
    FullExport.Written written = new FullExport(desk).export(acme, "exports/acme/_full/final");
    assertThat(written.tables()).isEqualTo(2);
    assertThat(written.rows()).isEqualTo(AcmeLake.PERSONS + 3 + AcmeLake.BUYERS);
    Path out = folder.resolve("lake/exports/acme/_full/final");
    JsonNode manifest = new ObjectMapper().readTree(Files.readString(out.resolve("manifest.json")));
    String key = new ManifestSigner(MANIFEST_KEY.getBytes(UTF_8)).publicKey();
    assertThat(Manifest.verifies(manifest, key)).isTrue();
    assertThat(manifest.path("tables").findValuesAsText("name"))
        .contains("tables/orders", "tables/profiles", "person_key");
    for (JsonNode table : manifest.path("tables")) {
      String name = table.path("name").asText();
      assertThat(
              spark
                  .read()
                  .parquet(out.resolve(name).toString())
                  .exceptAll(lake.tables().read(lake.layout().root() + "/clients/acme/" + name))
                  .count())
          .isZero();
      for (JsonNode file : table.path("files")) {
        assertThat(
                com.segumento.model.Sha256.hex(
                    Files.readAllBytes(out.resolve(file.path("path").asText()))))
            .isEqualTo(file.path("sha256").asText());
      }
    }
    try (Stream<Path> all = Files.walk(out)) {
      assertThat(all.map(path -> path.getFileName().toString())).doesNotContain("_SUCCESS");
    }
    for (String elsewhere :
        List.of(
            "exports/acme2/_full/x",
            "exports/acme/_full/../../retail/x",
            "exports/acme/_full/",
            "exports/acme/panel",
            "/elsewhere/x")) {
      assertThatThrownBy(() -> new FullExport(desk).export(acme, elsewhere))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("Invalid setting --to: ");
    }
    assertThatThrownBy(() -> new FullExport(desk).export(acme, "exports/acme/_full/final"))
        .isInstanceOf(ConfigException.class);
  }

  /** Kills work before each step, the first time it comes to it; says how often. */
  private static int everyStepOnce(Consumer<Steps> work) {
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

  private List<String> actions() {
    return lake
        .tables()
        .read(lake.layout().ops(Audit.NAME))
        .orderBy(Audit.SEQUENCE.col())
        .collectAsList()
        .stream()
        .map(row -> row.<String>getAs(Audit.ACTION.name()))
        .toList();
  }

  private List<String> files0() {
    try {
      return List.copyOf(files().keySet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path some(String below, String name) {
    try (Stream<Path> all = Files.walk(folder.resolve("lake").resolve(below))) {
      return all.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file of the lake but checksums of the local file system: its path and bytes. */
  private Map<String, String> files() throws IOException {
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
