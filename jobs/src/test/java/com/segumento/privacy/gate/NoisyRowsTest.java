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
import java.util.HexFormat;
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

  /** Men at the first release; the second one made them {@link NoiseMutant#MEN}. */
  private static final String FIRST_MEN = digest(List.of(100, 101, 102, 103, 104));

  private static final String WOMEN = digest(NoiseMutant.WOMEN);
  private static final String MEN = digest(NoiseMutant.MEN);

  /** The release memory of the night, and with one of the men erased. */
  private static final long REMEMBERED = 2;

  private static final long ERASED = 3;

  @TempDir private static Path directory;
  private static CellFixture fixture;
  private static int run = 1;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory).budget("{epsilon: 2, delta: 1.0e-6, per: year}");
    fixture.person(20, "f", "low", "Pune", 10, "a");
    fixture.write();
    NoiseMutant.remember(fixture.workspace(1, NoiseMutant.NOISY));
    erase(spark, 100);
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
      try (NoisyRows rows = new NoisyRows(standing(workspace, REMEMBERED), staged)) {
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
    assertThat(goingOn(REMEMBERED, MEN)).as("on two nights").isEmpty();
    emptyLedger();

    account(new Draw("f", 1, WOMEN, COST, 1), new Draw("m", 2, MEN, COST, 1));
    account(new Draw("f", 1, WOMEN, BigDecimal.ZERO, 2), new Draw("m", 2, MEN, BigDecimal.ZERO, 2));
    assertThat(goingOn(REMEMBERED, MEN))
        .as("somebody is in both")
        .containsExactly(Violation.UNACCOUNTED);
  }

  /** Nobody can work out the digest of a set of which somebody was erased. */
  @Test
  void hasNoNoiseTwiceForSetsOfWhichSomebodyWasErased() {
    account(new Draw("f", 1, WOMEN, COST, 1));
    account(new Draw("m", 1, FIRST_MEN, COST, 1));
    account(new Draw("m", 7, MEN, COST, 1));
    account(new Draw("m", 2, MEN, BigDecimal.ZERO, 1));
    assertThat(goingOn(ERASED, MEN)).as("as it was, also in a refused release").isEmpty();
    account(new Draw("m", 2, FIRST_MEN, BigDecimal.ZERO, 1));
    assertThat(goingOn(ERASED, MEN)).as("two digests").containsExactly(Violation.NOISE);
    emptyLedger();

    account(new Draw("f", 1, WOMEN, COST, 1));
    account(new Draw("m", 1, FIRST_MEN, COST, 1));
    account(new Draw("m", 2, FIRST_MEN, BigDecimal.ZERO, 1));
    assertThat(goingOn(ERASED, FIRST_MEN)).as("the set before's").containsExactly(Violation.NOISE);
  }

  /** Violations of a release whose noise earlier runs have drawn. */
  private static Set<Violation> goingOn(long memory, String men) {
    Workspace workspace = tonight();
    String file = NoiseMutant.NONE.file(workspace, folder(), WOMEN, men);
    try (NoisyRows rows = new NoisyRows(standing(workspace, memory), staged(workspace, file))) {
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

  private static void erase(SparkSession spark, int person) {
    String key = HexFormat.of().formatHex(CellFixture.key(person));
    spark.sql(
        "update delta.`"
            + fixture.lake().layout().releaseMemory(CellFixture.CLIENT)
            + "` set person_key = unhex('000102030405060708090a0b0c0d0e0f')"
            + " where person_key = unhex('"
            + key
            + "')");
  }

  private static Workspace tonight() {
    return fixture.workspace(++run, NoiseMutant.NOISY);
  }

  private static String folder() {
    return fixture.lake().layout().root() + "/x" + run;
  }

  private static Standing standing(Workspace workspace, long memory) {
    Shape shape = new Shape(workspace, export(workspace), claim(workspace));
    MemoryVersions versions = new MemoryVersions(memory, memory);
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
