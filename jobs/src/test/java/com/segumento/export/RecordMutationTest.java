package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.RecordFixture;
import com.segumento.privacy.RecordMutant;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class RecordMutationTest {
  @TempDir static Path directory;
  private static CellFixture fixture;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = RecordFixture.panel(new CellFixture(spark, directory)).write();
  }

  @ParameterizedTest
  @EnumSource
  void catchesAnEngineThat(RecordMutant mutant) {
    Workspace workspace = fixture.workspace(1, mutant.definition());

    assertThatThrownBy(() -> new ExportStage(mutant.anonymizer()).run(workspace))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith(
            "The privacy gate refused export panel of client acme on 2026-03-01: ")
        .hasMessageMatching(".*: ([a-z_]+, )*" + mutant.code() + "(, [a-z_]+)*\\. Nothing .*");
    assertThat(fixture.lake().objects().list(fixture.lake().layout().root() + "/exports"))
        .isEmpty();
    assertThat(fixture.lake().objects().list(fixture.lake().layout().root() + "/staging"))
        .isEmpty();
  }
}
