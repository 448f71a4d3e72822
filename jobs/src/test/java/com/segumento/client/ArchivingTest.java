package com.segumento.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Leases;
import com.segumento.model.ConfigException;
import com.segumento.model.Profiles;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The client acme, moved away and brought back, beside another client that must stay as it is. */
@ExtendWith(SparkExtension.class)
class ArchivingTest {
  @TempDir static Path template;
  private ClientYard yard;

  @BeforeEach
  void open(SparkSession spark, @TempDir Path folder) throws IOException {
    yard = new ClientYard(spark, template, folder);
  }

  @AfterEach
  void forget() {
    yard.close();
  }

  @Test
  void archivesAndRestoresByteForByteWheneverItIsKilled() throws IOException {
    Map<String, String> before = yard.files();
    new Archiving(yard.desk).archive(yard.acme);
    assertThat(yard.files().keySet())
        .filteredOn(file -> file.contains("/acme/") && !file.startsWith("ops/"))
        .isNotEmpty()
        .allMatch(file -> file.startsWith("archive/acme/"));
    assertThatThrownBy(() -> new Leases(yard.lake).take(AcmeLake.ID, AcmeLake.DATE, "run"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is in the archive")
        .hasMessageEndingWith("Bring it back with: segumento client restore");
    assertThatThrownBy(() -> new Archiving(yard.desk).archive(yard.acme))
        .isInstanceOf(ConfigException.class);
    new Archiving(yard.desk).restore(yard.acme);
    assertRestored(before);
    String profiles = yard.lake.layout().table(AcmeLake.ID, Profiles.NAME);
    assertThat(yard.lake.tables().read(profiles).count()).isEqualTo(AcmeLake.PERSONS + 3);
    assertThat(yard.lake.tables().read(profiles, 1).count()).isEqualTo(AcmeLake.PERSONS);
    assertThatCode(() -> new Leases(yard.lake).take(AcmeLake.ID, AcmeLake.DATE, "run").close())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new Archiving(yard.desk).restore(yard.acme))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Client acme is not in the archive.");

    int killed =
        ClientYard.everyStepOnce(steps -> new Archiving(yard.desk, steps).archive(yard.acme));
    assertThat(killed).isEqualTo(10);
    assertThat(yard.files().keySet())
        .filteredOn(file -> file.startsWith("clients/acme/") || file.startsWith("exports/acme/"))
        .isEmpty();
    killed = ClientYard.everyStepOnce(steps -> new Archiving(yard.desk, steps).restore(yard.acme));
    assertThat(killed).isEqualTo(8);
    assertRestored(before);
  }

  private void assertRestored(Map<String, String> before) throws IOException {
    Map<String, String> expected = new TreeMap<>(before);
    expected.keySet().removeIf(file -> file.startsWith("staging/acme/"));
    Map<String, String> now = yard.files();
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
    Map<String, String> before = yard.files();
    assertThatThrownBy(() -> new Archiving(yard.desk, spoil).archive(yard.acme))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Files are not as the manifest says, below ");
    assertThat(yard.files()).containsAllEntriesOf(before);
  }

  private Path some(String below, String name) {
    try (Stream<Path> all = Files.walk(yard.folder.resolve("lake").resolve(below))) {
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
}
