package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.NoiseMutant;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class NoisyRowsTest {
  @TempDir Path directory;

  @Test
  void catchesEveryEngineThatIsCarelessAboutNoise(SparkSession spark) {
    CellFixture fixture =
        new CellFixture(spark, directory).budget("{epsilon: 2, delta: 1.0e-6, per: year}");
    fixture.person(20, "f", "low", "Pune", 10, "a");
    fixture.write();
    NoiseMutant.remember(fixture.workspace(1, NoiseMutant.NOISY));
    int run = 2;
    for (NoiseMutant mutant : NoiseMutant.values()) {
      Workspace workspace = fixture.workspace(run++, NoiseMutant.NOISY);
      String file = mutant.stage(workspace, fixture.lake().layout().root() + "/x" + run);
      Export export = workspace.client().exports().get(0);
      Claim claim = CellGate.claim(workspace, export, new SourceVersions(1, 1, OptionalLong.of(1)));
      Shape shape = new Shape(workspace, export, claim);
      MemoryVersions versions = new MemoryVersions(2, 2);
      Standing standing = new Standing(shape, versions, StandingMemory.of(shape, versions).rows());
      Dataset<Row> staged =
          new StagedRows(spark, file, export.format(), claim).read().orElseThrow();
      try (NoisyRows rows = new NoisyRows(standing, staged)) {
        assertThat(rows.violations(BudgetInForce.of(workspace)))
            .as(mutant.name())
            .isEqualTo(
                mutant == NoiseMutant.NONE
                    ? Set.of()
                    : Set.of(Violation.valueOf(mutant.code().toUpperCase(java.util.Locale.ROOT))));
        if (mutant == NoiseMutant.NONE) {
          assertThat(rows.truth().select(StagedRows.claimed(0).col()).collectAsList())
              .extracting(row -> row.getString(0))
              .containsExactlyInAnyOrder("10", "9");
          assertThat(rows.truth().columns()).isEqualTo(staged.columns());
        }
      }
      fixture.lake().objects().delete(fixture.lake().layout().privacyBudget(CellFixture.CLIENT));
    }
  }
}
