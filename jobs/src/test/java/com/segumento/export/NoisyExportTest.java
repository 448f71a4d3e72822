package com.segumento.export;

import static com.segumento.privacy.CellFixture.CLIENT;
import static com.segumento.privacy.CellFixture.DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.NoiseDraws;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.NoiseLedger;
import com.segumento.privacy.NoiseMutant;
import com.segumento.privacy.NoiseOracle;
import com.segumento.privacy.Tampering;
import com.segumento.testkit.SparkExtension;
import com.segumento.udf.Calibration;
import com.segumento.udf.DiscreteLaplace;
import com.segumento.udf.Ratio;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Exports with noise, what they cost, and the engines that do not keep to it. */
@ExtendWith(SparkExtension.class)
class NoisyExportTest {
  private static final LocalDate SECOND = DATE.plusDays(1);
  private static final String LAPLACE =
      NoiseMutant.EXPORT
          .replace(
              "{name: customers}",
              "{name: customers}, {name: spend, sum: spend_90d, clamp: [-20, 1000]}")
          .replace("k: 3", "k: 3, round_to: 3, dp: {mechanism: laplace, epsilon: 0.5}");

  private static final Calibration CHANGED =
      Calibration.gaussian(new BigDecimal("0.4"), new BigDecimal("1.0E-6"), 1);

  @TempDir Path directory;

  @Test
  void theSamePersonsHaveTheSameNoiseUntilTheBudgetIsSpent(SparkSession spark) throws IOException {
    CellFixture fixture = new CellFixture(spark, directory).budget("{epsilon: 1, per: agreement}");
    women(fixture, 0, 10, 10);
    fixture.write();
    Workspace first = fixture.workspace(DATE, 1, LAPLACE);
    String release = published(first);
    String line = line(release);
    assertThat(line).isEqualTo(expected(first, 0, 10));
    assertThatTheManifestSaysIt(release);
    assertThat(spent(first)).isEqualByComparingTo("0.5");
    assertThat(guarantees(first, release))
        .contains("noise HOLDS", "budget HOLDS")
        .allMatch(each -> each.endsWith(" HOLDS"));

    women(fixture, 1, 11, 10); // one left, one came, and one is erased
    fixture.night(SECOND);
    erase(fixture, 5);
    Workspace second = fixture.workspace(SECOND, 2, LAPLACE);
    assertThat(line(published(second))).isEqualTo(line);
    assertThat(spent(second)).as("for what is published again").isEqualByComparingTo("0.5");

    women(fixture, 1, 11, 20); // all spend more
    fixture.night(SECOND.plusDays(1));
    Workspace third = fixture.workspace(SECOND.plusDays(1), 3, LAPLACE);
    assertThat(line(published(third)).split(",", -1))
        .startsWith("a", "f", line.split(",", -1)[2])
        .doesNotContain(line.split(",", -1)[3]);
    assertThat(spent(third)).as("for the new sum").isEqualByComparingTo("0.75");

    women(fixture, 1, 15, 20);
    fixture.night(SECOND.plusDays(2));
    Workspace last = fixture.workspace(SECOND.plusDays(2), 4, LAPLACE);
    assertThatThrownBy(() -> new ExportStage().run(last))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessage(
            "The privacy budget of client acme does not allow export nights on 2026-03-04: with"
                + " it, epsilon from 2026-01-01 to 2026-12-31 would be 1.25 and not 0.75, and"
                + " privacy_budget.epsilon is 1. Nothing of it was published. Wait for the next"
                + " period, or agree on another budget.");
    assertThat(spent(last)).isEqualByComparingTo("0.75");

    published(fixture.budget("{epsilon: 2, per: year}").workspace(SECOND.plusDays(2), 5, LAPLACE));
    assertThat(spent(last)).isEqualByComparingTo("1.25");
    Workspace lowered = fixture.budget("{epsilon: 0.1, per: year}").workspace(DATE, 1, LAPLACE);
    assertThat(guarantees(lowered, release))
        .as("by the budget then, of what was spent then")
        .contains("budget HOLDS");

    fixture.lake().objects().delete(fixture.lake().layout().privacyBudget(CLIENT));
    assertThatThrownBy(() -> new ExportStage().run(last))
        .as("what was spent is not forgotten with the table")
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining(
            ": "
                + Tampering.REMOVES_THE_BUDGET.code()
                + ". Nothing of it was published. The table clients/acme/privacy_budget is"
                + " not there, and run ");
  }

  @Test
  void whoStandsInTwoCellsIsChargedTwice(SparkSession spark) throws IOException {
    CellFixture fixture =
        new CellFixture(spark, directory).budget("{epsilon: 2, delta: 1.0e-6, per: year}");
    women(fixture, 1, 10, 10);
    fixture.nextIs(0);
    fixture.person(20, "m", "low", "Pune", 10, "a");
    men(fixture, 100, 108);
    fixture.write();
    Workspace honest = fixture.workspace(2, NoiseMutant.NOISY);
    NoiseMutant.remember(honest);
    assertThatThrownBy(
            () ->
                new ExportStage(NoiseMutant.COUNTS_A_MOVER_ONCE.anonymizer())
                    .run(fixture.workspace(1, NoiseMutant.NOISY)))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining(": unaccounted.");
    assertThatThrownBy(() -> new ExportStage().run(honest))
        .as("what was not paid is not paid by a refusal")
        .isInstanceOf(PrivacyRefused.class)
        .hasMessage(
            "The privacy gate refused export noisy of client acme on 2026-03-01: unaccounted."
                + " Nothing of it was published. What was staged does not keep what the export"
                + " promises; report it with the run id 2026-03-01-2. If it is refused again once"
                + " that is mended, what was wrong is in the ledger privacy_budget: change"
                + " privacy.dp.epsilon of the export a little, so that all its noise is drawn, and"
                + " paid for, anew.");
    Workspace changed =
        fixture.workspace(3, NoiseMutant.NOISY.replace("epsilon: 0.5", "epsilon: 0.4"));
    NoiseOracle oracle = new NoiseOracle(changed);
    String release = published(changed);
    assertThat(Files.readAllLines(Path.of(URI.create(release)).resolve("part-00000.csv")))
        .containsExactly(
            "segment_id,gender,customers",
            "a,f," + gaussian(oracle, "f", NoiseMutant.WOMEN),
            "a,m," + gaussian(oracle, "m", NoiseMutant.MEN));
    NoiseLedger ledger = NoiseLedger.open(changed);
    assertThat(
            ledger
                .read()
                .filter(NoiseDraws.RUN.col().equalTo(changed.run()))
                .select(NoiseDraws.CELLS.col())
                .collectAsList())
        .as("one person stands in both cells")
        .extracting(row -> row.getLong(0))
        .containsExactly(2L, 2L);
    assertThat(ledger.spent().rho())
        .isEqualByComparingTo(
            CHANGED.cost().multiply(BigDecimal.valueOf(2)).add(NoiseMutant.CALIBRATION.cost()));

    String exact = NoiseMutant.EXPORT.replace("nights", "plain");
    Workspace pure = fixture.budget("{epsilon: 2, per: year}").workspace(4, LAPLACE, exact);
    assertThatThrownBy(() -> new ExportStage().run(pure))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Client acme has no privacy_budget.delta, and Gaussian noise was drawn of its figures"
                + " between 2026-01-01 and 2026-12-31: what that has cost cannot be said without."
                + " Set it to what it was, which manifests of then say, and leave it until"
                + " 2026-12-31, also where all exports have Laplace noise now.");
    assertThat(fixture.lake().layout().exports(CLIENT, "plain"))
        .as("the other export is published")
        .satisfies(folder -> assertThat(Path.of(URI.create(folder))).isNotEmptyDirectory());
  }

  private static BigDecimal gaussian(NoiseOracle oracle, String gender, List<Integer> persons) {
    return oracle.noisy(
        CHANGED.noise(BigDecimal.ONE, BigDecimal.ONE),
        "1",
        gender,
        "persons",
        NoiseOracle.digest(persons, "0.000000"),
        "" + persons.size());
  }

  /** Persons who spend 10 and their number. */
  private static String expected(Workspace workspace, int from, int to) {
    NoiseOracle oracle = new NoiseOracle(workspace);
    List<Integer> persons = IntStream.range(from, to).boxed().toList();
    BigDecimal count =
        oracle.noisy(
            new DiscreteLaplace(Ratio.of(4)), // two figures at 0.5
            "1",
            "f",
            "persons",
            NoiseOracle.digest(persons, "0.000000"),
            "" + (to - from));
    BigDecimal sum =
        oracle.noisy(
            new DiscreteLaplace(Ratio.of(400_000)), // at most 1,000.00 a person
            "0.01",
            "f",
            "sum of spend_90d in [-20.0, 1000.0]",
            NoiseOracle.digest(persons, person -> 10 + person + ".000000"),
            persons.stream().mapToInt(person -> 10 + person).sum() + ".00");
    BigDecimal step = BigDecimal.valueOf(3);
    BigDecimal half = new BigDecimal("0.5");
    BigDecimal rounded =
        count.divide(step, 9, RoundingMode.HALF_UP).add(half).setScale(0, RoundingMode.FLOOR);
    return "a,f," + rounded.multiply(step) + "," + sum;
  }

  private static void assertThatTheManifestSaysIt(String release) throws IOException {
    JsonNode manifest =
        Manifest.parse(Files.readString(Path.of(URI.create(release)).resolve("manifest.json")));
    JsonNode dp = manifest.at("/privacy/dp");
    assertThat(dp.path("mechanism").asText()).isEqualTo("laplace");
    assertThat(dp.path("epsilon").asDouble()).isEqualTo(0.5);
    assertThat(dp.path("unit").asText()).startsWith("One person, added with all its data");
    assertThat(dp.path("given").asText()).startsWith("Which cells are published");
    assertThat(dp.path("composition").asText()).startsWith("Epsilons");
    assertThat(dp.path("budget").toString())
        .isEqualTo("{\"epsilon\":1,\"from\":\"2026-01-01\",\"to\":\"2026-12-31\"}");
    assertThat(manifest.at("/columns/2/noise").asText()).isEqualTo("discrete Laplace, scale 4");
    assertThat(manifest.at("/columns/3/noise").asText())
        .isEqualTo("discrete Laplace, scale 400000");
    assertThat(manifest.at("/columns/3/noise_unit").asText()).isEqualTo("0.01");
    assertThat(manifest.at("/columns/2/meaning").asText()).contains("Noise was added before");
  }

  /** Each spends that and its number. */
  private static void women(CellFixture fixture, int from, int to, int spend) {
    fixture.everybodyLeaves();
    fixture.nextIs(from);
    for (int i = from; i < to; i++) {
      fixture.person(20, "f", "low", "Pune", spend + i, "a");
    }
  }

  private static void men(CellFixture fixture, int from, int to) {
    fixture.nextIs(from);
    for (int i = from; i < to; i++) {
      fixture.person(20, "m", "low", "Pune", 10, "a");
    }
  }

  /** As an erasure leaves the memory: the key of the person is another one, of no one. */
  private static void erase(CellFixture fixture, int person) {
    String key = java.util.HexFormat.of().formatHex(CellFixture.key(person));
    fixture
        .workspace(1)
        .spark()
        .sql(
            "update delta.`"
                + fixture.lake().layout().releaseMemory(CLIENT)
                + "` set person_key = unhex('000102030405060708090a0b0c0d0e0f') where person_key ="
                + " unhex('"
                + key
                + "')");
  }

  private static String published(Workspace workspace) {
    return RecordedRuns.publish(workspace).outputs().values().iterator().next();
  }

  private static List<String> guarantees(Workspace workspace, String release) {
    String key = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS)).publicKey();
    return new Rederivation(workspace, PublishedRelease.at(workspace.lake(), release), key)
        .guarantees().stream()
            .map(guarantee -> guarantee.name() + " " + guarantee.outcome())
            .toList();
  }

  private static BigDecimal spent(Workspace workspace) {
    return NoiseLedger.open(workspace).epsilon();
  }

  private static String line(String release) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(URI.create(release)).resolve("part-00000.csv"));
    assertThat(lines).hasSize(2);
    return lines.get(1);
  }
}
