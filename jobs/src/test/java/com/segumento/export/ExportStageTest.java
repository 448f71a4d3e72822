package com.segumento.export;

import static com.segumento.privacy.CellFixture.CLIENT;
import static com.segumento.privacy.CellFixture.DATE;
import static com.segumento.privacy.CellFixture.INSIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.Mutant;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class ExportStageTest {
  private static final String CSV = INSIGHT.replace("parquet", "csv");
  private static final List<String> ROWS =
      List.of(
          "segment_id,age,gender,place,customers,spend",
          "a,\"[20, 30)\",f,\"Pune, Maharashtra\",4,1600.00",
          "a,\"[20, 30)\",m,\"Pune, Maharashtra\",3,",
          "a,unknown,f,unknown,3,30.00",
          "b,\"[20, 30)\",f,\"Pune, Maharashtra\",4,1600.00");

  @TempDir static Path directory;
  private static CellFixture fixture;
  private static StageReport report;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory).insight().write();
    report = new ExportStage().run(fixture.workspace(101, CSV));
  }

  @Test
  void publishesCellsOfAtLeastKDistinctPersons() throws IOException {
    String release = report.outputs().get("insight");
    assertThat(release).endsWith("/exports/acme/insight/dt=2026-03-01/run=2026-03-01-101");
    assertThat(files(release).keySet()).containsExactly("manifest.json", "part-00000.csv");
    assertThat(lines(release)).isEqualTo(ROWS);
    assertThat(report.counts()).isEqualTo(counts(4, 0, 1));
    assertThat(report.breakdowns().get("cells_by_export"))
        .isEqualTo(
            Map.of("insight: published", 4.0, "insight: rolled up", 0.0, "insight: withheld", 1.0));
    assertThat(staging()).isEmpty();
  }

  @Test
  void theManifestSaysHowToReadAndCheckTheRelease() throws IOException {
    String release = report.outputs().get("insight");
    JsonNode manifest = Manifest.parse(text(release, "manifest.json"));

    assertThat(String.join(" ", (Iterable<String>) manifest::fieldNames))
        .isEqualTo(
            "manifest export kind client run business_date format files columns privacy levels"
                + " levels_for segments references signature");
    assertThat(manifest.at("/files/0/rows").asInt()).isEqualTo(4);
    assertThat(manifest.at("/columns/1/level_name").asText()).isEqualTo("intervals of 10");
    assertThat(manifest.at("/columns/3/level_name").asText()).isEqualTo("district");
    assertThat(manifest.at("/columns/5/type").asText()).isEqualTo("decimal(38,2)");
    assertThat(manifest.at("/columns/5/meaning").asText())
        .isEqualTo(
            "Sum of spend_90d over the cell's persons, each person's value brought within the clamp"
                + " first; null where fewer than 3 persons add something to it, or where it would"
                + " tell of so few beside other figures: totals and parts of it, other sums and"
                + " segments, earlier releases.");
    assertThat(manifest.path("privacy").toString())
        .isEqualTo("{\"k\":3,\"counts\":\"distinct persons\",\"withheld\":\"few or none\"}");
    assertThat(manifest.at("/segments/0/definition_hash").asText()).isEqualTo("hash-of-a");
    assertThat(manifest.at("/segments/0/rule").asText()).isEqualTo("Everyone for whom: true.");
    assertThat(manifest.at("/segments/0/taxonomy").toString())
        .isEqualTo("{\"path\":[\"Retail\",\"Shoppers\"]}");
  }

  @ParameterizedTest
  @CsvSource({"parquet", "csv", "json"})
  void theSameReleaseHasTheSameBytes(String format) throws IOException {
    String definition = INSIGHT.replace("parquet", format);
    Workspace workspace = fixture.workspace(103, definition.replace("insight", "same_" + format));
    SparkSession spark = workspace.spark();
    String release = new ExportStage().run(workspace).outputs().get("same_" + format);
    Map<String, String> first = files(release);
    workspace.lake().objects().delete(release);
    spark.conf().set("spark.sql.shuffle.partitions", "5");
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    try {
      new ExportStage().run(workspace);
    } finally {
      spark.conf().set("spark.sql.shuffle.partitions", "2");
      spark.conf().unset("spark.sql.autoBroadcastJoinThreshold");
    }
    assertThat(files(release)).isEqualTo(first);
  }

  @Test
  void aRepeatedRunLeavesTheReleaseAndAKilledOneIsCompleted() throws IOException {
    Workspace workspace = fixture.workspace(104, CSV.replace("insight", "again"));
    String release = new ExportStage().run(workspace).outputs().get("again");
    Map<String, String> first = files(release);
    long written = modified(release);
    new ExportStage().run(workspace);
    assertThat(modified(release)).isEqualTo(written);

    workspace.lake().objects().delete(release + "/manifest.json");
    workspace.lake().objects().write(release + "/part-00000.csv", "half a fi");
    String killed = release.replace("-104", "-99");
    workspace.lake().objects().write(killed + "/part-00000.csv", "half a fi");
    String staged = workspace.lake().layout().staging(CLIENT, DATE + "-98") + "/again/part.csv";
    workspace.lake().objects().write(staged, "half a fi");
    new ExportStage().run(workspace);
    assertThat(files(release)).isEqualTo(first);
    assertThat(workspace.lake().objects().list(killed)).isEmpty();
    assertThat(staging()).isEmpty();
  }

  @Test
  void aReleaseNeverChanges() {
    new ExportStage().run(fixture.workspace(105, CSV.replace("insight", "fixed")));
    Workspace changed =
        fixture.workspace(105, CSV.replace("insight", "fixed").replace("k: 3", "k: 4"));
    assertThatThrownBy(() -> new ExportStage().run(changed))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Run 2026-03-01-105 has published export fixed of client acme before, with other"
                + " content. A release never changes; start a new run.");
  }

  @Test
  void aRefusedExportDoesNotStopTheOthers() {
    String bad = Mutant.FORGETS_DIVERSITY.definition().replace("insight", "bad");
    Workspace workspace = fixture.workspace(106, bad, CSV.replace("insight", "good"));
    ExportStage stage = new ExportStage(Mutant.FORGETS_DIVERSITY.anonymizer());

    StageReport.Builder told = StageReport.of("export");
    assertThatThrownBy(() -> stage.run(workspace, told))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining("export bad of client acme on 2026-03-01: diversity.");
    assertThat(told.build().outputs()).containsOnlyKeys("good");
    assertThat(told.build().counts())
        .isEqualTo(
            Map.of(
                "cells_published", 4L,
                "cells_rolled_up", 0L,
                "cells_withheld", 1L,
                "exports_refused", 1L));
    var layout = workspace.lake().layout();
    assertThat(workspace.lake().objects().list(layout.exports(CLIENT, "bad"))).isEmpty();
    assertThat(workspace.lake().objects().list(layout.exports(CLIENT, "good"))).isNotEmpty();
    assertThat(staging()).isEmpty();
  }

  @ParameterizedTest(name = "{0} becomes {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "k: 3 | k: 4 | a,'[20, 30)',f 4 / b,'[20, 30)',f 4",
        "k: 3 | k: 1 | a,'[20, 30)',f 4 / a,'[20, 30)',m 3 / a,unknown,f 3 / b,'[20, 30)',f 4",
        "k: 3 | k: 3, round_to: 3 | a,'[20, 30)',f 3 / a,'[20, 30)',m 3 / a,unknown,f 3 / b,'[20, 30)',f 3",
        "k: 3 | k: 3, l: {attribute: income_band, distinct: 2} | a,'[20, 30)',m 3 / a,unknown,f 3",
        "gender: 0 | gender: 1 | a,'[20, 30)',binary 7 / a,unknown,binary 3 / b,'[20, 30)',binary 4",
        "age: 1 | age: 2 | a,*,f 4 / a,*,f 3 / a,*,m 3 / b,*,f 4"
      })
  void keepsWhatIsConfigured(String from, String to, String cells) throws IOException {
    String definition = CSV.replace(from, to).replace("insight", "variant");
    int run = 200 + Math.floorMod(to.hashCode(), 1000);
    String release =
        new ExportStage().run(fixture.workspace(run, definition)).outputs().get("variant");
    List<String> found =
        lines(release).stream()
            .skip(1)
            .map(
                line ->
                    line.replaceAll("\"Pune, Maharashtra\",|unknown,(?=\\d)", "")
                        .replaceAll(",(\\d+),[^,]*$", " $1")
                        .replace('"', '\''))
            .toList();
    assertThat(String.join(" / ", found)).isEqualTo(cells);
  }

  @Test
  void dominatedSumsAreWithheld() throws IOException {
    String definition = CSV.replace("k: 3", "k: 3, dominance: {p: 50}").replace("insight", "dom");
    String release = new ExportStage().run(fixture.workspace(107, definition)).outputs().get("dom");
    assertThat(lines(release))
        .containsExactly(
            ROWS.get(0),
            ROWS.get(1).replace("1600.00", ""),
            ROWS.get(2),
            ROWS.get(3),
            ROWS.get(4).replace("1600.00", ""));
    JsonNode manifest = Manifest.parse(text(release, "manifest.json"));
    assertThat(manifest.at("/columns/5/meaning").asText())
        .contains("add something to it, where few of them dominate it, or where it would tell");
  }

  @ParameterizedTest
  @CsvSource({"parquet", "csv", "json"})
  void aNightWithoutCellsIsARelease(String format) {
    String definition =
        INSIGHT.replace("k: 3", "k: 9").replace("parquet", format).replace("insight", "none");
    StageReport none = new ExportStage().run(fixture.workspace(108 + format.length(), definition));
    assertThat(none.counts()).isEqualTo(counts(0, 0, 5));
  }

  @Test
  void refusesWhatItCannotKeep() {
    String told = ", which is not available yet. Take it out, or take the export out; it is not";
    assertRefused(
        INSIGHT.replace("cells", "audience"),
        "The agreement of client acme does not cover activation, so audience insight is not made.");
    assertRefused(
        INSIGHT.replace("k: 3", "k: 3, t: {attribute: income_band, max: 0.2}"),
        "asks for privacy.t" + told);
    assertRefused(
        INSIGHT.replace("age: 1", "age: 3"),
        "Invalid setting exports.insight.levels.age: 3. Expected a whole number from 0 to 2.");
    assertRefused(
        INSIGHT.replace(", clamp: [0, 1000]", ""),
        "Invalid setting exports.measures.spend.clamp: []. Expected the lowest and the highest");
    assertThat(staging()).isEmpty();
  }

  @Test
  void exportsNothingOutsideTheAgreementOrBeforeSegments() {
    Workspace outside = fixture.workspace(LocalDate.of(2027, 1, 1), 1, INSIGHT);
    assertThat(new ExportStage().inputs(outside)).isEmpty();
    assertThatThrownBy(() -> new ExportStage().run(outside))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Agreement MSA-1 of client acme does not cover 2027-01-01, so nothing is exported."
                + " Give a date from 2026-01-01 to 2026-12-31.");
    Workspace early = fixture.workspace(LocalDate.of(2026, 2, 1), 1, INSIGHT);
    assertThat(new ExportStage().inputs(early)).isEmpty();
    assertThatThrownBy(() -> new ExportStage().run(early))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Client acme has no profiles and memberships of 2026-02-01. Run ingest, enrich and"
                + " segment of that date first.");
  }

  @Test
  void theSameInputsHaveTheSameHash() {
    ExportStage stage = new ExportStage();
    String before = stage.inputs(fixture.workspace(1, INSIGHT)).orElseThrow();
    assertThat(stage.inputs(fixture.workspace(2, INSIGHT))).contains(before);
    Workspace other = fixture.workspace(1, INSIGHT.replace("k: 3", "k: 4"));
    assertThat(stage.inputs(other).orElseThrow()).isNotEqualTo(before);
    other = fixture.workspace(1, INSIGHT).replanning();
    assertThat(stage.inputs(other)).contains(before + "+anew");
  }

  private static void assertRefused(String definition, String message) {
    assertThatThrownBy(() -> new ExportStage().run(fixture.workspace(110, definition)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  private static Map<String, Long> counts(long published, long rolledUp, long withheld) {
    return Map.of(
        "cells_published", published, "cells_rolled_up", rolledUp, "cells_withheld", withheld);
  }

  private static List<?> staging() {
    return fixture.lake().objects().list(fixture.lake().layout().staging(CLIENT));
  }

  private static List<String> lines(String release) throws IOException {
    return text(release, "part-00000.csv").lines().toList();
  }

  private static String text(String release, String name) throws IOException {
    return Files.readString(Path.of(URI.create(release)).resolve(name));
  }

  private static long modified(String release) throws IOException {
    return Files.getLastModifiedTime(Path.of(URI.create(release)).resolve("manifest.json"))
        .toMillis();
  }

  /** Names and hashes of bytes, but for the checksums the local file system keeps beside them. */
  private static Map<String, String> files(String release) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var found = Files.list(Path.of(URI.create(release)))) {
      for (Path file : found.filter(path -> !path.toString().endsWith(".crc")).toList()) {
        files.put(
            file.getFileName().toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
