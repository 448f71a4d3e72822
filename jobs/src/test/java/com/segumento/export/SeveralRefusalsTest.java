package com.segumento.export;

import static com.segumento.privacy.CellFixture.CLIENT;
import static com.segumento.privacy.CellFixture.INSIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.Mutant;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A refusal of one export, of whatever kind, never stops the others. */
@ExtendWith(SparkExtension.class)
class SeveralRefusalsTest {
  private static final String CSV = INSIGHT.replace("parquet", "csv");

  @TempDir static Path directory;
  private static CellFixture fixture;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory).insight().write();
  }

  @Test
  void anExportThatCannotBeMadeDoesNotStopTheOthers() {
    String bad = CSV.replace("age: 1", "age: 3").replace("insight", "unmade");
    String worse = bad.replace("unmade", "unmade_too");
    Workspace workspace = fixture.workspace(111, bad, worse, CSV.replace("insight", "made"));

    StageReport.Builder report = StageReport.of("export");
    assertThatThrownBy(() -> new ExportStage().run(workspace, report))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid setting exports.unmade.levels.age: 3. Expected a whole number from 0 to 2."
                + " Invalid setting exports.unmade_too.levels.age: 3. Expected a whole number from"
                + " 0 to 2.");
    assertThat(report.build().outputs()).containsOnlyKeys("made");
    assertThat(report.build().counts()).containsEntry("exports_refused", 2L);
    assertThat(staging()).isEmpty();
  }

  @Test
  void whatTheGateRefusesIsSaidFirstByTheKindOfTheRefusal() {
    String bad = Mutant.FORGETS_DIVERSITY.definition().replace("insight", "unsafe");
    String unmade = CSV.replace("age: 1", "age: 3").replace("insight", "unmade");
    ExportStage stage = new ExportStage(Mutant.FORGETS_DIVERSITY.anonymizer());

    assertThatThrownBy(() -> stage.run(fixture.workspace(112, unmade, bad)))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith("Invalid setting exports.unmade.levels.age: 3.")
        .hasMessageContaining("The privacy gate refused export unsafe of client acme")
        .satisfies(all -> assertThat(all.getSuppressed()).hasSize(2));
  }

  private static List<?> staging() {
    return fixture.lake().objects().list(fixture.lake().layout().staging(CLIENT));
  }
}
