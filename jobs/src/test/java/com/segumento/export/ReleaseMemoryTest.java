package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.MemoryFold;
import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.MemoryMutant;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.ProtectionCost;
import com.segumento.privacy.Reason;
import com.segumento.privacy.Staleness;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees of a few persons who come and go, night after night. */
@ExtendWith(SparkExtension.class)
class ReleaseMemoryTest {
  private static final LocalDate SECOND = CellFixture.DATE.plusDays(1);
  private static final String SUMS =
      MemoryMutant.EXPORT.replace(
          "{name: customers}",
          "{name: customers}, {name: spend, sum: spend_90d, clamp: [0, 1000]}");

  @TempDir Path directory;

  /** Of the release that was made last. */
  private ProtectionCost cost;

  private StageReport report;

  @Test
  void followsTheTablesByGroupsOnly(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    persons(fixture, 0, 10, 10);
    fixture.write();
    assertThat(lines(fixture, CellFixture.DATE, 1)).containsExactly("a,f,10,100.00");
    assertThat(cost).isEqualTo(cost(1, 0, Staleness.NONE, 10, 10, 0));

    String log = fixture.lake().layout().releaseMemory(CellFixture.CLIENT) + "/_delta_log/";
    assertThat(fixture.lake().objects().text(log + "00000000000000000001.json").orElseThrow())
        .as("no share of a person is in the statistics of a file")
        .contains("numRecords")
        .doesNotContain("minValues\\\":{\\\"");

    persons(fixture, 1, 11, 10); // one left, one came
    fixture.night(SECOND);
    assertThat(lines(fixture, SECOND, 2)).containsExactly("a,f,10,100.00");
    assertThat(cost).as("ten, of whom one left").isEqualTo(cost(1, 0, waiting(1), 10, 10, 0));
    assertThat(lines(fixture, SECOND, 3)).as("made again").containsExactly("a,f,10,100.00");
    assertThat(cost).isEqualTo(cost(1, 0, waiting(1), 10, 10, 0));

    persons(fixture, 1, 13, 10); // three came by now
    fixture.night(SECOND.plusDays(1));
    assertThat(lines(fixture, SECOND.plusDays(1), 4)).containsExactly("a,f,13,100.00");
    assertThat(cost)
        .as("thirteen for twelve; their spend as two nights ago")
        .isEqualTo(cost(1, 0, waiting(2, 0), 12, 12, 1));
    assertThat(report.breakdowns().get("cost_by_export"))
        .as("engineers read it in the run's report, persons to the nearest k")
        .isEqualTo(
            Map.of(
                "nights: cells waiting", 1.0,
                "nights: sums waiting", 1.0,
                "nights: longest wait in days", 2.0,
                "nights: mean error of persons", 0.0,
                "nights: largest error of persons", 5.0,
                "nights: percent of members represented", 100.0));
    assertThat(report.breakdowns().get("longest_waits"))
        .isEqualTo(Map.of("nights: a, f: earlier_releases", 0.0));
    assertThat(List.of("waiting_by_reason", "sums_waiting_by_reason"))
        .allSatisfy(
            why ->
                assertThat(report.breakdowns().get(why))
                    .isEqualTo(Map.of("nights: earlier_releases", 1.0)));

    persons(fixture, 3, 13, 20); // and three left; all spend more
    fixture.night(SECOND.plusDays(2));
    assertThat(lines(fixture, SECOND.plusDays(2), 5)).containsExactly("a,f,10,200.00");
    assertThat(cost).isEqualTo(cost(1, 0, Staleness.NONE, 10, 10, 0));

    persons(fixture, 11, 13, 20); // eight of ten left: too few for a cell
    fixture.night(SECOND.plusDays(3));
    assertThat(lines(fixture, SECOND.plusDays(3), 6)).isEmpty();
    assertThat(cost).isEqualTo(cost(0, 1, Staleness.NONE, 2, 0, 0));
    assertThat(report.breakdowns().get("withheld_by_reason"))
        .isEqualTo(Map.of("nights: too_few", 1.0));

    persons(fixture, 11, 15, 20);
    fixture.night(SECOND.plusDays(4));
    assertThat(lines(fixture, SECOND.plusDays(4), 7))
        .as("12 is one of before, but 10 are not")
        .isEmpty();

    new MemoryFold(fixture.lake(), fixture.lake().layout().releaseMemory(CellFixture.CLIENT))
        .carryOut(SECOND.plusDays(4), Map.of());
    fixture.night(SECOND.plusDays(5));
    assertThat(lines(fixture, SECOND.plusDays(5), 8))
        .as("nobody of before is remembered, nor what they spent: that ended with the row")
        .containsExactly("a,f,4,80.00");
  }

  private static Staleness waiting(int days) {
    return waiting(days, days);
  }

  private static Staleness waiting(int days, int ofRow) {
    Map<Reason, Long> one = Map.of(Reason.EARLIER_RELEASES, 1L);
    return new Staleness(
        one,
        one,
        Map.of(),
        days,
        List.of(new Staleness.Wait(List.of("a", "f"), Reason.EARLIER_RELEASES, ofRow)));
  }

  private static ProtectionCost cost(
      long published,
      long withheld,
      Staleness staleness,
      long members,
      long represented,
      long error) {
    return new ProtectionCost(
        published, 0, withheld, 0, staleness, members, represented, error, error);
  }

  @Test
  void ofSegmentsOnePersonApartOneIsWithheld(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    fixture.person(20, "f", "low", "Pune", 10, "b");
    for (int i = 0; i < 5; i++) {
      fixture.person(20, "f", "low", "Pune", 10, "a", "b");
    }
    fixture.write();
    assertThat(lines(fixture, CellFixture.DATE, 1)).containsExactly("a,f,5,50.00");
    Workspace renamed =
        fixture.workspace(
            2,
            SUMS.replace("[a, b]", "[b]")
                .replace("name: nights", "name: other")
                .replace("{k: 3", "{k: 3, suppression_limit: 0.05"));
    // Everybody of b is left out, but as too near to a, and not as too few.
    StageReport other = run(renamed);
    assertThat(other.outputs()).containsKey("other");
    assertThat(other.breakdowns().get("withheld_by_reason"))
        .isEqualTo(Map.of("other: another_segment", 1.0));
    assertThat(MemoryTable.open(renamed).version()).as("nothing new to remember").isEqualTo(1);
  }

  @Test
  void theGateCatchesAnEngineThatForgets(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    persons(fixture, 0, 10, 10);
    men(fixture);
    others(fixture);
    newcomers(fixture, 0);
    fixture.write();
    ExportStage stage = new ExportStage();
    stage.run(fixture.workspace(1, MemoryMutant.EXPORT.replace("[a, b]", "[a]")));
    stage.run(fixture.workspace(2, MemoryMutant.EXPORT.replace("[a, b]", "[d]")));
    persons(fixture, 0, 11, 10);
    men(fixture);
    others(fixture);
    newcomers(fixture, 4);
    fixture.night(SECOND);
    long before = MemoryTable.open(fixture.workspace(SECOND, 3)).version();
    int run = 3;
    for (MemoryMutant mutant : MemoryMutant.values()) {
      Workspace workspace = fixture.workspace(SECOND, run++, mutant.definition());
      assertThatThrownBy(() -> new ExportStage(mutant.anonymizer()).run(workspace))
          .as(mutant.name())
          .isInstanceOf(PrivacyRefused.class)
          .hasMessageMatching(".*: ([a-z_]+, )*" + mutant.code() + "(, [a-z_]+)*\\. Nothing .*");
    }
    MemoryTable memory = MemoryTable.open(fixture.workspace(SECOND, 2));
    assertThat(memory.read(memory.version()).exceptAll(memory.read(before)).isEmpty())
        .as("what was refused is forgotten")
        .isTrue();
  }

  /**
   * What was published first long ago, and last night again, was seen last night: also where it
   * gives way to a set of an older date.
   */
  @Test
  void aBackfillMakesNothingForgotten(SparkSession spark) {
    LocalDate lastNight = CellFixture.DATE.plusDays(30);
    LocalDate tonight = lastNight.plusDays(1);
    String women = MemoryMutant.EXPORT.replace("[a, b]", "[a]");
    CellFixture fixture = new CellFixture(spark, directory).memoryDays(30);
    persons(fixture, 0, 10, 10);
    fixture.write();
    assertThat(lines(fixture.workspace(1, women))).containsExactly("a,f,10");
    fixture.night(lastNight);
    assertThat(lines(fixture.workspace(lastNight, 2, women))).containsExactly("a,f,10");
    LocalDate earlier = CellFixture.DATE.minusDays(9);
    persons(fixture, 0, 20, 10);
    fixture.night(earlier);
    assertThat(lines(fixture.workspace(earlier, 3, women))).containsExactly("a,f,20");

    persons(fixture, 0, 11, 10);
    fixture.night(tonight);
    Workspace careless = fixture.workspace(tonight, 4, women);
    CarelessEngine.leaving("f", 11, 20).assertRefused(careless).hasMessageContaining("few_changed");
    assertThat(lines(fixture.workspace(tonight, 5, women)))
        .as("eleven are one more than last night's ten")
        .containsExactly("a,f,20");
  }

  /** Whoever gives a date would choose what is forgotten: eleven are one more than the ten. */
  @Test
  void aDateThatLiesAheadMakesNothingForgotten(SparkSession spark) {
    LocalDate ahead = LocalDate.of(2999, 1, 1);
    String women = MemoryMutant.EXPORT.replace("[a, b]", "[a]");
    CellFixture fixture = new CellFixture(spark, directory).memoryDays(300_000).agreedUntil(ahead);
    persons(fixture, 0, 10, 10);
    fixture.write();
    assertThat(lines(fixture.workspace(1, women))).containsExactly("a,f,10");
    persons(fixture, 0, 20, 10);
    fixture.night(SECOND);
    assertThat(lines(fixture.workspace(SECOND, 2, women))).containsExactly("a,f,20");
    persons(fixture, 0, 11, 10);
    fixture.night(ahead);
    Workspace careless = fixture.workspace(ahead, 3, women);
    CarelessEngine.leaving("f", 11, 20).assertRefused(careless).hasMessageContaining("few_changed");
    assertThat(lines(fixture.workspace(ahead, 4, women))).containsExactly("a,f,20");
  }

  /** Three came by the k of one export; who reads the other, with a larger k, is told as well. */
  @Test
  void anExportDoesNotShowWhatAnotherHasMovedByASmallerK(SparkSession spark) {
    String loose = MemoryMutant.EXPORT.replace("[a, b]", "[a]");
    String strict = loose.replace("nights", "strict").replace("k: 3", "k: 5");
    CellFixture fixture = new CellFixture(spark, directory);
    persons(fixture, 0, 10, 10);
    fixture.write();
    assertThat(lines(fixture.workspace(1, loose))).containsExactly("a,f,10");
    persons(fixture, 0, 13, 10);
    fixture.night(SECOND);
    assertThat(lines(fixture.workspace(SECOND, 2, loose))).containsExactly("a,f,13");
    assertThat(lines(fixture.workspace(SECOND, 3, strict))).isEmpty();
    Workspace careless = fixture.workspace(SECOND, 4, strict);
    new CarelessEngine("f", List.of(), 1)
        .assertRefused(careless)
        .hasMessageContaining(": few_changed. Nothing ");
  }

  /** As where intervals are others than they were, or a place of another name has a few more. */
  @Test
  void anotherLabelOfNearlyTheSamePersonsIsWithheld(SparkSession spark) {
    String export = MemoryMutant.EXPORT.replace("[a, b]", "[a]");
    CellFixture fixture = new CellFixture(spark, directory);
    persons(fixture, 0, 10, 10);
    fixture.write();
    assertThat(lines(fixture.workspace(1, export))).containsExactly("a,f,10");
    fixture.everybodyLeaves();
    fixture.nextIs(0);
    for (int i = 0; i < 12; i++) {
      fixture.person(20, "x", "low", "Pune", 10, "a");
    }
    fixture.night(SECOND);
    Workspace careless = fixture.workspace(SECOND, 2, export);
    CarelessEngine.joining("x", 0, 12)
        .assertRefused(careless)
        .as("women are gone, and nearly all of them are here")
        .hasMessageContaining(": vanished_cells, nearly_another_cell. Nothing ");
    assertThat(lines(fixture.workspace(SECOND, 3, export))).isEmpty();
  }

  /** The persons from one to before another, women in segment a. */
  private static void persons(CellFixture fixture, int from, int to, int spend) {
    fixture.everybodyLeaves();
    fixture.nextIs(from);
    for (int i = from; i < to; i++) {
      fixture.person(20, "f", "low", "Pune", spend, "a");
    }
  }

  /** Five men in segment b, all but one of them in a. */
  private static void men(CellFixture fixture) {
    fixture.nextIs(100);
    fixture.person(20, "m", "low", "Pune", 10, "b");
    for (int i = 0; i < 4; i++) {
      fixture.person(20, "m", "low", "Pune", 10, "a", "b");
    }
  }

  /** Five of a fourth gender in segment d and those who have come since, three of them in e. */
  private static void newcomers(CellFixture fixture, int came) {
    fixture.nextIs(300);
    for (int i = 0; i < 5 + came; i++) {
      String[] segments = i < 5 || i == 8 ? new String[] {"d"} : new String[] {"d", "e"};
      fixture.person(20, "y", "low", "Pune", 10, segments);
    }
  }

  /** Five of another gender in segment a and four in segment b, all in c; one is in both. */
  private static void others(CellFixture fixture) {
    fixture.nextIs(200);
    for (int i = 0; i < 4; i++) {
      fixture.person(20, "x", "low", "Pune", 10, "a", "c");
    }
    fixture.person(20, "x", "low", "Pune", 10, "a", "b", "c");
    for (int i = 0; i < 3; i++) {
      fixture.person(20, "x", "low", "Pune", 10, "b", "c");
    }
  }

  private List<String> lines(CellFixture fixture, LocalDate date, int run) {
    return lines(fixture.workspace(date, run, SUMS));
  }

  private List<String> lines(Workspace workspace) {
    report = ExportStage.after(released -> cost = released.cost()).run(workspace);
    return ReleasedRows.of(report, workspace.client().exports().get(0).name());
  }

  private static StageReport run(Workspace workspace) {
    return new ExportStage().run(workspace);
  }
}
