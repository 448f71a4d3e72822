package com.segumento.export;

import static com.segumento.privacy.CellFixture.CLIENT;
import static com.segumento.privacy.CellFixture.DATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class PinnedLevelsTest {
  private static final String PANEL =
      "{name: panel, kind: records, attributes: {age: quasi, gender: quasi}, privacy: {k: 3}}";
  private static final ManifestSigner OURS = signer("a secret of at least thirty-two bytes");
  private static final ManifestSigner FOREIGN = signer("another secret of thirty-two bytes!");

  @TempDir Path directory;
  private Workspace workspace;
  private boolean adhoc;

  @BeforeEach
  void hierarchy(SparkSession spark) throws Exception {
    Files.createDirectories(directory.resolve("hierarchies"));
    Files.writeString(directory.resolve("hierarchies/gender.csv"), "f;*\nm;*\n");
    workspace = new CellFixture(spark, directory).workspace(1, PANEL);
  }

  @Test
  void areThoseOfTheNewestReleaseUpToTheDate() {
    assertThat(pinned(workspace)).isEmpty();
    release(DATE.minusDays(40), "9", 1, OURS);
    release(DATE.minusDays(1), "9", 2, OURS);
    release(DATE.minusDays(1), "10", 3, OURS);
    release(DATE.plusDays(1), "1", 4, OURS);
    workspace.lake().objects().write(folder(DATE, "1") + "/part-00000.csv", "left by a kill");

    assertThat(pinned(workspace)).isEqualTo(Map.of("age", 3, "gender", 0));
  }

  @Test
  void ofADateThatIsRunAgainAreThoseOfItsOwnRelease() {
    release(DATE, "1", 2, OURS);
    release(DATE.plusDays(1), "1", 4, OURS);

    assertThat(pinned(workspace)).isEqualTo(Map.of("age", 2, "gender", 0));
  }

  @Test
  void areNotTakenFromWhatIsOfOtherSegments() {
    adhoc = true;
    release(DATE.minusDays(1), "2", 3, OURS);
    assertThat(pinned(workspace)).isEmpty();
    adhoc = false;
    release(DATE.minusDays(2), "1", 1, OURS);
    assertThat(pinned(workspace)).isEqualTo(Map.of("age", 1, "gender", 0));
    release(DATE.minusDays(1), "1", 2, OURS);
    assertThat(pinned(workspace)).isEqualTo(Map.of("age", 2, "gender", 0));
  }

  @Test
  void areNotTakenFromWhatWeDidNotSign() {
    release(DATE.minusDays(3), "1", 1, OURS);
    release(DATE.minusDays(2), "1", 2, FOREIGN);
    String changed =
        workspace.lake().objects().text(folder(DATE.minusDays(3), "1") + "/manifest.json").get();
    workspace
        .lake()
        .objects()
        .write(folder(DATE.minusDays(1), "1") + "/manifest.json", changed.replace(": 1", ": 3"));
    workspace.lake().objects().write(folder(DATE, "1") + "/manifest.json", "half a mani");

    assertThat(pinned(workspace)).isEqualTo(Map.of("age", 1, "gender", 0));
  }

  @Test
  void areNotTakenFromAManifestThatLiesElsewhereThanItSays() {
    release(DATE.minusDays(3), "1", 1, OURS);
    release(DATE.minusDays(9), "1", 2, OURS);
    var objects = workspace.lake().objects();
    String old = objects.text(folder(DATE.minusDays(9), "1") + "/manifest.json").orElseThrow();
    objects.write(folder(DATE.minusDays(1), "1") + "/manifest.json", old);
    objects.write(folder(DATE.minusDays(9), "2") + "/manifest.json", old);

    assertThat(pinned(workspace)).isEqualTo(Map.of("age", 1, "gender", 0));
  }

  @Test
  void areGivenUpWhereTheyWereChosenForSomethingElseOrAReplanIsAskedFor() throws Exception {
    release(DATE.minusDays(1), "1", 2, OURS);

    assertThat(pinned(workspace.replanning())).isEmpty();
    assertThat(pinned(PANEL.replace("k: 3", "k: 4"))).isEmpty();
    assertThat(pinned(PANEL.replace("gender: quasi", "gender: insensitive"))).isEmpty();
    assertThat(pinned(PANEL.replace("privacy", "levels: {age: 1}, privacy"))).isEmpty();
    assertThat(pinned(PANEL.replace("privacy", "segments: [a], format: csv, privacy")))
        .isEqualTo(Map.of("age", 2, "gender", 0));
    Files.writeString(directory.resolve("hierarchies/gender.csv"), "f;*\nm;*\nx;*\n");
    assertThat(pinned(workspace)).isEmpty();
  }

  private Map<String, Integer> pinned(String export) {
    return PinnedLevels.of(
        workspace, CellFixture.export(export), new Releases(workspace, OURS.publicKey()));
  }

  private static Map<String, Integer> pinned(Workspace workspace) {
    return PinnedLevels.of(
        workspace, workspace.client().exports().get(0), new Releases(workspace, OURS.publicKey()));
  }

  private void release(LocalDate date, String run, int age, ManifestSigner signer) {
    Export export = workspace.client().exports().get(0);
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("client", CLIENT.value()).put("export", "panel");
    manifest.put("business_date", date.toString()).put("run", date + "-" + run);
    if (adhoc) {
      manifest.put("adhoc", true);
    }
    manifest.putObject("levels").put("age", age).put("gender", 0);
    manifest.put("levels_for", PinnedLevels.purpose(workspace, export));
    workspace
        .lake()
        .objects()
        .write(folder(date, run) + "/manifest.json", Manifest.signed(manifest, signer));
  }

  private String folder(LocalDate date, String run) {
    return workspace.lake().layout().release(CLIENT, "panel", date, date + "-" + run);
  }

  private static ManifestSigner signer(String secret) {
    return new ManifestSigner(secret.getBytes(StandardCharsets.UTF_8));
  }
}
