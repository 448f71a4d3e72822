package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.NoiseMutant;
import com.segumento.privacy.NoiseMutant.Draw;
import com.segumento.privacy.NoiseOracle;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class NoisyRowsTest {
  private static final BigDecimal COST = NoiseMutant.CALIBRATION.cost();

  private static final String WOMEN = digest(NoiseMutant.WOMEN);
  private static final String MEN = digest(NoiseMutant.MEN);

  /** The release memory of the night. */
  private static final long REMEMBERED = 2;

  @TempDir private static Path directory;
  private static CellFixture fixture;
  private static int run = 1;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory).budget("{epsilon: 2, delta: 1.0e-6, per: year}");
    fixture.person(20, "f", "low", "Pune", 10, "a");
    fixture.write();
    NoiseMutant.remember(fixture.workspace(1, NoiseMutant.NOISY));
  }

  @AfterEach
  void emptyLedger() {
    fixture.lake().objects().delete(fixture.lake().layout().privacyBudget(CellFixture.CLIENT));
  }

  @Test
  void catchesEveryEngineThatIsCarelessAboutNoise() {
    for (NoiseMutant mutant : NoiseMutant.values()) {
      Workspace workspace = tonight();
      String file = mutant.stage(workspace, folder());
      Set<Violation> expected =
          mutant == NoiseMutant.NONE
              ? Set.of()
              : Set.of(Violation.valueOf(mutant.code().toUpperCase(Locale.ROOT)));
      Dataset<Row> staged = staged(workspace, file);
      try (NoisyRows rows = new NoisyRows(standing(workspace), staged)) {
        assertThat(rows.violations(BudgetInForce.of(workspace)))
            .as(mutant.name())
            .isEqualTo(expected);
        if (mutant == NoiseMutant.NONE) {
          assertThat(rows.truth().select(StagedRows.claimed(0).col()).collectAsList())
              .extracting(row -> row.getString(0))
              .containsExactlyInAnyOrder("10", "9");
          assertThat(rows.truth().columns()).isEqualTo(staged.columns());
        }
      }
      emptyLedger();
    }
  }

  /** The engine has nothing to pay that is in the ledger. */
  @Test
  void looksAtWhatEarlierRunsHavePaid() {
    account(new Draw("f", 1, WOMEN, COST, 1));
    account(new Draw("m", 2, MEN, COST, 1));
    assertThat(goingOn(MEN)).as("on two nights").isEmpty();
    emptyLedger();

    account(new Draw("f", 1, WOMEN, COST, 1), new Draw("m", 2, MEN, COST, 1));
    account(new Draw("f", 1, WOMEN, BigDecimal.ZERO, 2), new Draw("m", 2, MEN, BigDecimal.ZERO, 2));
    assertThat(goingOn(MEN)).as("somebody is in both").containsExactly(Violation.UNACCOUNTED);
  }

  /** Violations of a release whose noise earlier runs have drawn. */
  private static Set<Violation> goingOn(String men) {
    Workspace workspace = tonight();
    String file = NoiseMutant.NONE.file(workspace, folder(), WOMEN, men);
    try (NoisyRows rows = new NoisyRows(standing(workspace), staged(workspace, file))) {
      return rows.violations(BudgetInForce.of(workspace));
    }
  }

  /** Accounts for a release of a run. */
  private static void account(Draw... draws) {
    Workspace workspace = tonight();
    NoiseMutant.account(
        workspace,
        List.of(draws).stream().map(draw -> draw.row(workspace, workspace.date(), run)).toList());
  }

  private static Workspace tonight() {
    return fixture.workspace(++run, NoiseMutant.NOISY);
  }

  private static String folder() {
    return fixture.lake().layout().root() + "/x" + run;
  }

  private static Standing standing(Workspace workspace) {
    Shape shape = new Shape(workspace, export(workspace), claim(workspace));
    MemoryVersions versions = new MemoryVersions(REMEMBERED, REMEMBERED);
    return new Standing(shape, versions, StandingMemory.of(shape, versions).rows());
  }

  private static Dataset<Row> staged(Workspace workspace, String file) {
    return new StagedRows(workspace.spark(), file, export(workspace).format(), claim(workspace))
        .read()
        .orElseThrow();
  }

  private static Claim claim(Workspace workspace) {
    return CellGate.claim(
        workspace, export(workspace), new SourceVersions(1, 1, OptionalLong.of(1)));
  }

  private static Export export(Workspace workspace) {
    return workspace.client().exports().get(0);
  }

  private static String digest(List<Integer> persons) {
    return NoiseOracle.digest(persons, "0.000000");
  }
}
