package com.segumento.export;

import static com.segumento.privacy.CellFixture.CLIENT;
import static com.segumento.privacy.RecordFixture.PANEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.RecordFixture;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class RecordExportTest {
  private static final String HEADER = "age,gender,income_band,spend_90d";
  private static final List<String> WOMEN =
      List.of("\"[20, 30)\",f,,200.00", "\"[20, 30)\",f,high,100.00", "\"[20, 30)\",f,low,0.00");
  private static final List<String> MEN =
      List.of("\"[30, 40)\",m,high,50.00", "\"[30, 40)\",m,low,50.00", "\"[30, 40)\",m,middle,");
  private static final List<String> UNKNOWN =
      List.of(
          "unknown,f,high,10.00",
          "unknown,f,low,10.00",
          "unknown,f,low,10.00",
          "unknown,f,low,10.00");

  @TempDir static Path directory;
  private static CellFixture fixture;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = RecordFixture.panel(new CellFixture(spark, directory)).write();
  }

  @Test
  void releasesOneGeneralizedRowAPerson() throws IOException {
    StageReport report = run(1, PANEL);
    String release = report.outputs().get("panel");

    assertThat(files(release).keySet()).containsExactly("manifest.json", "part-00000.csv");
    assertThat(lines(release)).isEqualTo(all(List.of(HEADER), WOMEN, MEN, UNKNOWN));
    assertThat(report.counts())
        .isEqualTo(Map.of("records_published", 10L, "records_withheld_below_k", 1L));
    assertThat(report.breakdowns().get("records_by_export"))
        .isEqualTo(Map.of("panel: published", 10.0));
    assertThat(report.breakdowns().get("levels_by_export"))
        .isEqualTo(Map.of("panel: optimal", 1.0));
    assertThat(report.breakdowns().get("levels"))
        .isEqualTo(Map.of("panel: age", 1.0, "panel: gender", 0.0));
    assertThat(report.breakdowns().get("level_names"))
        .isEqualTo(
            Map.of(
                "panel: records: age: intervals of 10", 1.0, "panel: records: gender: exact", 0.0));
    assertThat(report.breakdowns().get("information_loss_by_export")).containsOnlyKeys("panel");
    assertThat(report.breakdowns()) // a percent of so few would tell of single persons
        .doesNotContainKeys("risk of panel", "class_sizes of panel");
    assertThat(staging()).isEmpty();
  }

  @Test
  void theManifestSaysHowToReadAndCheckTheRelease() throws IOException {
    String definition =
        named("told").replace("k: 3", "k: 3, t: {attribute: income_band, max: 0.9}");
    JsonNode manifest =
        Manifest.parse(text(run(2, definition).outputs().get("told"), "manifest.json"));

    assertThat(manifest.path("kind").asText()).isEqualTo("records");
    assertThat(manifest.at("/files/0/rows").asInt()).isEqualTo(10);
    assertThat(manifest.path("levels").toString()).isEqualTo("{\"age\":1,\"gender\":0}");
    assertThat(manifest.path("privacy").toString())
        .isEqualTo(
            "{\"k\":3,\"counts\":\"distinct persons\",\"t\":{\"attribute\":\"income_band\","
                + "\"max\":0.9,\"distance\":\"equal\"},\"suppression_limit\":0.25,"
                + "\"withheld\":\"few or none\"}");
    assertThat(manifest.path("columns").findValuesAsText("role"))
        .containsExactly("quasi", "quasi", "sensitive", "insensitive");
    assertThat(manifest.at("/columns/0/level_name").asText()).isEqualTo("intervals of 10");
    assertThat(manifest.at("/columns/3/type").asText()).isEqualTo("decimal(22,2)");
    assertThat(manifest.path("segments")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"parquet", "csv", "json"})
  void theSameReleaseHasTheSameBytesInSeveralFiles(String format) throws IOException {
    String name = "same_" + format;
    Workspace workspace =
        fixture.workspace(3, named(name).replace("format: csv", "format: " + format));
    SparkSession spark = workspace.spark();
    ExportStage stage = new ExportStage(RecordFixture.smallFiles());
    String release = stage.run(workspace).outputs().get(name);
    Map<String, String> first = files(release);
    workspace.lake().objects().delete(release);
    spark.conf().set("spark.sql.shuffle.partitions", "5");
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    try {
      stage.run(workspace);
    } finally {
      spark.conf().set("spark.sql.shuffle.partitions", "2");
      spark.conf().unset("spark.sql.autoBroadcastJoinThreshold");
    }

    assertThat(files(release)).isEqualTo(first);
    assertThat(first.size()).isGreaterThan(2);
    JsonNode manifest = Manifest.parse(text(release, "manifest.json"));
    assertThat(manifest.path("files").findValues("rows").stream().mapToInt(JsonNode::asInt).sum())
        .isEqualTo(10);
  }

  @Test
  void releasesMembersOfItsSegmentsOnly() throws IOException {
    String definition = named("members").replace("attributes", "segments: [b], attributes");
    StageReport report = run(4, definition);

    assertThat(lines(report.outputs().get("members")))
        .isEqualTo(all(List.of(HEADER), MEN, UNKNOWN));
  }

  @ParameterizedTest(name = "k={0}: {1}")
  @CsvSource({"3, 10", "4, 12"})
  void keepsClassesOfAtLeastK(int k, int records) {
    String definition = named("of_" + k).replace("k: 3", "k: " + k);

    assertThat(run(5, definition).counts()).containsEntry("records_published", (long) records);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "l: {attribute: income_band, distinct: 3}",
        "l: {attribute: income_band, entropy: 1.7}",
        "l: {attribute: income_band, recursive: {c: 2, l: 2}}",
        "t: {attribute: income_band, max: 0.25, distance: ordered}",
        "t: {attribute: income_band, max: 0.25, distance: hierarchical}"
      })
  void theGateFindsTheModelsKeptThatTheEngineKeeps(String model) throws IOException {
    String definition = named("model").replace("k: 3", "k: 3, " + model);
    int run = 100 + Math.floorMod(model.hashCode(), 1000);

    assertThat(lines(run(run, definition).outputs().get("model"))).hasSizeGreaterThan(3);
  }

  @Test
  void labelsPlacesAsCellsDo() throws IOException {
    String definition =
        named("places").replace("gender: quasi", "place: quasi").replace("k: 3", "k: 4");
    List<String> lines =
        lines(
            run(15, definition.replace("format", "levels: {age: 2, place: 1}, format"))
                .outputs()
                .get("places"));

    assertThat(lines.get(1)).startsWith("*,\"Pune, Maharashtra\",");
    assertThat(lines.get(lines.size() - 1)).isEqualTo("*,unknown,low,10.00");
  }

  @Test
  void takesLevelsThatAreGiven() {
    StageReport report = run(10, named("given").replace("format", "levels: {age: 2}, format"));

    assertThat(report.breakdowns().get("levels"))
        .isEqualTo(Map.of("given: age", 2.0, "given: gender", 0.0));
  }

  @Test
  void refusesWhereNoLevelsKeepWhatPrivacyAsksFor() {
    String definition = named("few").replace("k: 3", "k: 14");

    assertThatThrownBy(() -> run(12, definition))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessage(
            "No levels of export few of client acme on 2026-03-01 keep what its privacy asks for"
                + " and leave out no more than 0.25 of the persons. Nothing of it was published."
                + " Raise privacy.suppression_limit, ask for less, give fewer levels, or give"
                + " hierarchies with more of them; persons fewer than k are never released.");
    assertThat(staging()).isEmpty();
  }

  @Test
  void neverReleasesNothing() {
    String definition =
        named("nothing").replace("k: 3, suppression_limit: 0.25", "k: 14, suppression_limit: 1");

    assertThatThrownBy(() -> run(13, definition)).isInstanceOf(PrivacyRefused.class);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "age: quasi | age: insensitive | attributes.age: INSENSITIVE. Expected a role no weaker",
        "income_band: sensitive | income_band: insensitive | attributes.income_band: INSENSITIVE.",
        "age: quasi, gender: quasi, | | attributes: no quasi-identifier. Expected at least one",
        "age: quasi | place: sensitive | attributes.place: SENSITIVE. Expected a role no weaker",
        "age: quasi | customer_hash: quasi | attributes: customer_hash. Expected profile columns",
        "k: 3 | k: 3, l: {attribute: age, distinct: 2} | privacy.l: age. Expected an attribute",
        "k: 3 | k: 3, round_to: 3 | asks for privacy.round_to, which is not available yet.",
        "format | levels: {age: 3}, format | levels.age: 3. Expected a whole number from 0 to 2",
        "format | segments: [z], format | segments: z. Expected ids of segments of the client"
      })
  void refusesWhatItCannotKeep(String from, String to, String message) {
    String definition = PANEL.replace(from, to == null ? "" : to);

    assertThatThrownBy(() -> run(14, definition))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
    assertThat(staging()).isEmpty();
  }

  private static StageReport run(int run, String definition) {
    return new ExportStage().run(fixture.workspace(run, definition));
  }

  private static String named(String name) {
    return PANEL.replace("panel", name);
  }

  @SafeVarargs
  private static List<String> all(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
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
