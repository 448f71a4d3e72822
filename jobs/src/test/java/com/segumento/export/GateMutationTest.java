package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.Mutant;
import com.segumento.privacy.RollUpMutant;
import com.segumento.privacy.SourceFault;
import com.segumento.privacy.SumMutant;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class GateMutationTest {
  @TempDir static Path directory;
  private static CellFixture fixture;
  private static CellFixture places;
  private static CellFixture sums;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory.resolve("insight")).insight().write();
    places = RollUpMutant.write(new CellFixture(spark, directory.resolve("left")));
    sums = SumMutant.before(new CellFixture(spark, directory.resolve("sums"))).write();
    new ExportStage().run(sums.workspace(1, SumMutant.before()));
    SumMutant.tonight(sums).night(CellFixture.DATE.plusDays(1));
  }

  @ParameterizedTest
  @EnumSource
  void catchesAnEngineThat(Mutant mutant) {
    assertRefused(
        new ExportStage(mutant.anonymizer()),
        fixture.workspace(1, mutant.definition()),
        "insight",
        mutant.code());
  }

  @ParameterizedTest
  @EnumSource
  void catchesARollUpThat(RollUpMutant mutant) {
    assertRefused(
        new ExportStage(mutant.anonymizer()),
        places.workspace(1, mutant.definition()),
        "left",
        mutant.code());
  }

  @ParameterizedTest
  @EnumSource
  void catchesAnEngineThatDoesNotLookWhoAddsToASum(SumMutant mutant) {
    Workspace tonight = sums.workspace(CellFixture.DATE.plusDays(1), 2, mutant.definition());
    assertThatThrownBy(() -> new ExportStage(mutant.anonymizer()).run(tonight))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageMatching(".*: ([a-z_]+, )*" + mutant.code() + "(, [a-z_]+)*\\. Nothing .*");
  }

  /** Though there is nothing but one number of persons, and one sum. */
  @Test
  void findsNothingElseWrongWithWhatNearlyAllAdd(SparkSession spark) {
    SumMutant mutant = SumMutant.PUBLISHES_WHAT_NEARLY_ALL_ADD;
    CellFixture alone = SumMutant.tonight(new CellFixture(spark, directory.resolve("alone")));
    Workspace first = alone.write().workspace(1, mutant.definition());
    assertThatThrownBy(() -> new ExportStage(mutant.anonymizer()).run(first))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining(": " + mutant.code() + ". Nothing ");
  }

  @ParameterizedTest
  @EnumSource
  void catchesTablesOfANightThat(SourceFault fault, SparkSession spark) {
    CellFixture faulty = new CellFixture(spark, directory.resolve(fault.name()));
    assertRefused(
        new ExportStage(),
        fault.write(faulty).workspace(1, RollUpMutant.EXPORT),
        "left",
        fault.code());
  }

  private static void assertRefused(
      ExportStage stage, Workspace workspace, String export, String code) {
    assertThatThrownBy(() -> stage.run(workspace))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith(
            "The privacy gate refused export " + export + " of client acme on 2026-03-01: ")
        .hasMessageMatching(".*: ([a-z_]+, )*" + code + "(, [a-z_]+)*\\. Nothing .*")
        .hasMessageEndingWith(
            "Nothing of it was published. What was staged does not keep what the export promises;"
                + " report it with the run id "
                + workspace.run()
                + ".");
    for (String folder : new String[] {"/exports", "/staging"}) {
      assertThat(workspace.lake().objects().list(workspace.lake().layout().root() + folder))
          .isEmpty();
    }
  }
}
