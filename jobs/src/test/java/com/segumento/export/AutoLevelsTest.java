package com.segumento.export;

import static com.segumento.privacy.CellFixture.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.lake.Commit;
import com.segumento.lake.Workspace;
import com.segumento.model.Memberships;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Profiles;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.LevelMutant;
import com.segumento.privacy.MemoryTable;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class AutoLevelsTest {
  private static final String EXPORT = LevelMutant.EXPORT;

  @TempDir static Path directory;
  private static CellFixture fixture;

  /**
   * Six persons of each decade in each of two districts, no three of them of one age or one postal
   * code; and one person alone in a third district. Two of them are in a segment of their own too.
   */
  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory);
    for (int i = 0; i < 24; i++) {
      String district = i % 2 == 0 ? "Pune" : "Thane";
      int age = (i / 2 % 2 == 0 ? 20 : 40) + i / 4 % 3;
      String pincode = district + i / 8;
      String[] segments = i < 2 ? new String[] {"a", "b"} : new String[] {"a"};
      fixture.resident(
          age, "f", "low", place(pincode, district, "Maharashtra", "west", "India"), 10, segments);
    }
    fixture.resident(20, "f", "low", place("3", "Nagpur", "Maharashtra", "west", "India"), 1, "a");
    fixture.write();
  }

  /** What other tests have published would be totals or parts of what is published here. */
  @BeforeEach
  void forget() {
    MemoryTable memory = MemoryTable.open(fixture.workspace(99, EXPORT));
    if (memory.version() > 0) {
      fixture.lake().tables().restore(fixture.lake().layout().releaseMemory(CellFixture.CLIENT), 0);
    }
  }

  @Test
  void publishesAtTheLevelsFoundAndKeepsThem() throws IOException {
    Workspace first = fixture.workspace(1, EXPORT);
    StageReport report = new ExportStage().run(first);
    assertThat(lines(report))
        .containsExactly(
            "a,\"[20, 30)\",f,\"Pune, Maharashtra\",6",
            "a,\"[20, 30)\",f,\"Thane, Maharashtra\",6",
            "a,\"[40, 50)\",f,\"Pune, Maharashtra\",6",
            "a,\"[40, 50)\",f,\"Thane, Maharashtra\",6");
    JsonNode manifest = manifest(report);
    assertThat(manifest.path("levels").toString())
        .isEqualTo("{\"age\":1,\"gender\":0,\"place\":1}");
    assertThat(manifest.at("/privacy/suppression_limit").asDouble()).isEqualTo(0.05);
    assertThat(report.breakdowns().get("levels"))
        .isEqualTo(Map.of("found: age", 1.0, "found: gender", 0.0, "found: place", 1.0));
    assertThat(report.breakdowns().get("levels_by_export")).containsOnlyKeys("found: optimal");
    assertThat(report.counts())
        .containsEntry("cells_published", 4L)
        .containsEntry("cells_withheld", 1L);

    StageReport next = new ExportStage().run(fixture.workspace(2, EXPORT));
    assertThat(lines(next)).isEqualTo(lines(report));
    assertThat(next.breakdowns().get("levels_by_export")).containsOnlyKeys("found: pinned");
    StageReport anew = new ExportStage().run(fixture.workspace(3, EXPORT).replanning());
    assertThat(anew.breakdowns().get("levels_by_export")).containsOnlyKeys("found: optimal");
  }

  @Test
  void refusesWhereNoLevelsKeepTheLimitAndPublishesTheOthers() {
    String small =
        EXPORT
            .replace("k: 3", "k: 14")
            .replace("place: auto", "place: 1")
            .replace("found", "small");
    Workspace workspace = fixture.workspace(4, small, EXPORT.replace("found", "large"));
    assertThatThrownBy(() -> new ExportStage().run(workspace))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith("Export small of client acme has no levels at which at most 5.0 %");
    var layout = workspace.lake().layout();
    assertThat(workspace.lake().objects().list(layout.exports(CellFixture.CLIENT, "small")))
        .isEmpty();
    assertThat(workspace.lake().objects().list(layout.exports(CellFixture.CLIENT, "large")))
        .isNotEmpty();
  }

  @Test
  void whereThereAreNoProfilesThatIsSaidAndNothingIsPublished(
      SparkSession spark, @TempDir Path empty) {
    CellFixture nobody = new CellFixture(spark, empty);
    nobody.resident(20, "f", "low", place("3", "Nagpur", "Maharashtra", "west", "India"), 1, "a");
    nobody.write();
    for (String table : List.of(Profiles.NAME, Memberships.NAME)) {
      String path = nobody.lake().layout().table(CellFixture.CLIENT, table);
      nobody
          .lake()
          .tables()
          .overwrite(
              path,
              nobody.lake().tables().read(path).limit(0),
              Commit.of(Map.of("stage", "segment", "date", CellFixture.DATE.toString())));
    }
    Workspace workspace = nobody.workspace(1, EXPORT);
    assertThatThrownBy(() -> new ExportStage().run(workspace))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessage(
            "Export found of client acme has no levels, as there are no profiles of 2026-03-01."
                + " Nothing of it was published. See in the run's report what ingest took in, and"
                + " what it put into quarantine.");
    var layout = workspace.lake().layout();
    assertThat(workspace.lake().objects().list(layout.exports(CellFixture.CLIENT, "found")))
        .isEmpty();
  }

  @Test
  void aSegmentOfFewerThanKHasNoSayInTheLevels() {
    String both = EXPORT.replace("[a]", "[a, b]").replace("found", "both");
    StageReport report = new ExportStage().run(fixture.workspace(8, both));
    assertThat(report.breakdowns().get("levels_by_export")).containsOnlyKeys("both: optimal");
    assertThat(report.counts()).containsEntry("cells_published", 6L); // two of 27 are in b alone
  }

  @Test
  void holdsFixedLevelsToALimitThatIsGiven() {
    String fixed = EXPORT.replace("age: auto", "age: 0").replace("place: auto", "place: 0");
    StageReport report = new ExportStage().run(fixture.workspace(5, fixed.replace("found", "fix")));
    assertThat(report.counts())
        .containsEntry("cells_published", 6L)
        .containsEntry("cells_withheld", 0L);
    assertThat(report.breakdowns().get("levels_by_export")).containsOnlyKeys("fix: fixed");
    assertThat(report.breakdowns()).doesNotContainKey("levels");
    assertThat(report.breakdowns().get("level_names"))
        .isEqualTo(
            Map.of(
                "fix: cells: age: exact", 0.0,
                "fix: cells: gender: exact", 0.0,
                "fix: cells: place: pincode", 0.0));
    Workspace limited = fixture.workspace(6, fixed.replace("k: 3", "k: 3, suppression_limit: 0.9"));
    assertThatThrownBy(() -> new ExportStage().run(limited))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining(
            "has no levels at which at most 90.0 % of the members of its segments");
  }

  @ParameterizedTest
  @EnumSource
  void theGateCatchesAnEngineThat(LevelMutant mutant) {
    Workspace workspace = fixture.workspace(7, EXPORT.replace("found", "wrong"));
    assertThatThrownBy(() -> new ExportStage(mutant.anonymizer()).run(workspace))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining("export wrong of client acme on 2026-03-01: " + mutant.code() + ".");
  }

  private static List<String> lines(StageReport report) throws IOException {
    return Files.readAllLines(folder(report).resolve("part-00000.csv")).stream().skip(1).toList();
  }

  private static JsonNode manifest(StageReport report) throws IOException {
    return Manifest.parse(Files.readString(folder(report).resolve("manifest.json")));
  }

  private static Path folder(StageReport report) {
    return Path.of(URI.create(report.outputs().get("found")));
  }
}
