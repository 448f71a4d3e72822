package com.segumento.export;

import static com.segumento.privacy.CellFixture.CLIENT;
import static com.segumento.privacy.CellFixture.DATE;
import static com.segumento.privacy.RecordFixture.PANEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.RecordFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports of records that were released before. */
@ExtendWith(SparkExtension.class)
class RecordHistoryTest {
  @TempDir static Path directory;
  private static CellFixture fixture;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = RecordFixture.panel(new CellFixture(spark, directory)).write();
  }

  @Test
  void keepsTheLevelsOfTheLastReleaseUntilTheyNoLongerDo() {
    String coarse = named("coarse");
    released(coarse, DATE.minusDays(1), 2, 0);
    StageReport report = run(6, coarse);
    assertThat(report.breakdowns().get("levels_by_export"))
        .isEqualTo(Map.of("coarse: pinned", 1.0));
    assertThat(report.breakdowns().get("levels"))
        .isEqualTo(Map.of("coarse: age", 2.0, "coarse: gender", 0.0));

    StageReport replanned = new ExportStage().run(fixture.workspace(7, coarse).replanning());
    assertThat(replanned.breakdowns().get("levels_by_export"))
        .isEqualTo(Map.of("coarse: optimal", 1.0));

    String fine = named("fine");
    released(fine, DATE.minusDays(1), 0, 0);
    assertThat(run(8, fine).breakdowns().get("levels_by_export"))
        .isEqualTo(Map.of("fine: optimal", 1.0, "fine: no longer as in the last release", 1.0));
    assertThat(run(9, fine).breakdowns().get("levels_by_export"))
        .isEqualTo(Map.of("fine: pinned", 1.0));
  }

  @ParameterizedTest(name = "every 30 days, {0} days after another: due {1}")
  @CsvSource({"29, false", "30, true", "-29, false", "0, true"})
  void waitsForItsInterval(int before, boolean due) {
    String name = "every" + Math.abs(before) + (before < 0 ? "after" : "");
    String definition = named(name).replace("format", "min_interval_days: 30, format");
    released(definition, DATE.minusDays(before), 1, 0);
    StageReport report = run(11, definition);

    assertThat(report.outputs().containsKey(name)).isEqualTo(due);
    assertThat(report.counts().getOrDefault("exports_not_due", 0L)).isEqualTo(due ? 0 : 1);
  }

  private static StageReport run(int run, String definition) {
    return new ExportStage().run(fixture.workspace(run, definition));
  }

  private static String named(String name) {
    return PANEL.replace("panel", name);
  }

  /** A release as an earlier run would have left it. */
  private static void released(String definition, LocalDate date, int age, int gender) {
    Export export = CellFixture.export(definition);
    Workspace workspace = fixture.workspace(1, definition);
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("client", CLIENT.value()).put("export", export.name());
    manifest.put("business_date", date.toString()).put("run", date + "-1");
    manifest.putObject("levels").put("age", age).put("gender", gender);
    manifest.put("levels_for", PinnedLevels.purpose(workspace, export));
    ManifestSigner signer =
        new ManifestSigner(
            "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8));
    String folder = workspace.lake().layout().release(CLIENT, export.name(), date, date + "-1");
    workspace.lake().objects().write(folder + "/manifest.json", Manifest.signed(manifest, signer));
  }
}
