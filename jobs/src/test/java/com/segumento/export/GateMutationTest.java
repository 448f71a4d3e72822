package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.Mutant;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class GateMutationTest {
  @TempDir static Path directory;
  private static CellFixture fixture;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory).insight().write();
  }

  @ParameterizedTest
  @EnumSource
  void catchesAnEngineThat(Mutant mutant) {
    Workspace workspace = fixture.workspace(1, mutant.definition());

    assertThatThrownBy(() -> new ExportStage(mutant.anonymizer()).run(workspace))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith(
            "The privacy gate refused export insight of client acme on 2026-03-01: ")
        .hasMessageMatching(".*: ([a-z_]+, )*" + mutant.code() + "(, [a-z_]+)*\\. Nothing .*")
        .hasMessageEndingWith(
            "Nothing of it was published. What was staged does not keep what the export promises;"
                + " report it with the run id "
                + workspace.run()
                + ".");
    assertThat(fixture.lake().objects().list(fixture.lake().layout().root() + "/exports"))
        .isEmpty();
    assertThat(fixture.lake().objects().list(fixture.lake().layout().root() + "/staging"))
        .isEmpty();
  }
}
