package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.Workspace;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.Tampering;
import com.segumento.privacy.TotalsMutant;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that has no totals, and takes all genders from all districts. No district is a total of
 * women and men, nor they of districts; all districts together are.
 */
@ExtendWith(SparkExtension.class)
class TwoShapesTest {
  private static final LocalDate SECOND = CellFixture.DATE.plusDays(1);
  private static final String SPEND = ", {name: spend, sum: spend_90d, clamp: [0, 1000]}";
  private static final String DISTRICTS =
      TotalsMutant.cells("districts", "[place]", "{place: 1}").replace(SPEND, "");
  private static final String PARTS = TotalsMutant.PARTS.replace(SPEND, "");
  private static final List<String> GENDERS = List.of("a,f,20", "a,m,12");

  @TempDir Path directory;

  /** Rows of the releases that were made last, by export and reason; null where none waits. */
  private Map<String, Double> waiting;

  /** Five women come, and one to the six who are neither: 44 - 38 - (37 - 32). */
  @Test
  void allCellsOfAShapeThatGrowAsThoseOfAnotherButForOneTellNothing(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    begin(fixture);
    fixture.people(10, 15, "f", "Pune", "a");
    fixture.people(33, 34, "x", "Pune", "a");
    fixture.night(SECOND);
    assertThat(release(fixture.workspace(SECOND, 2, DISTRICTS)))
        .containsEntry(
            "districts", List.of("a,\"Nashik, Maharashtra\",19", "a,\"Pune, Maharashtra\",25"));
    Workspace parts = fixture.workspace(SECOND, 3, PARTS);
    CarelessEngine.joining("f", 10, 15)
        .assertRefused(parts)
        .hasMessageContaining(
            ": " + Tampering.GROWS_PARTS_NEARLY_AS_THEIR_TOTAL.code() + ". Nothing");
    assertThat(release(parts)).containsEntry("parts", GENDERS);
    assertThat(waiting).isEqualTo(Map.of("parts: growth_of_totals", 1.0));
  }

  /**
   * Five who are neither become women, and five others come who are neither: of the 38 of the first
   * night one is not among tonight's 37 women and men.
   */
  @Test
  void allCellsOfAShapeLessThoseOfAnotherOnAnotherNightTellNothing(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    begin(fixture);
    fixture.everybodyLeaves();
    fixture.people(0, 10, "f", "Pune", "a");
    fixture.people(20, 26, "m", "Pune", "a");
    fixture.people(30, 33, "f", "Pune", "a");
    fixture.people(40, 50, "f", "Nashik", "a");
    fixture.people(60, 66, "m", "Nashik", "a");
    fixture.people(70, 72, "f", "Nashik", "a");
    fixture.people(72, 76, "y", "Nashik", "a");
    fixture.people(80, 82, "z", "Nashik", "a");
    fixture.night(SECOND);
    assertThat(release(fixture.workspace(SECOND, 2, DISTRICTS)))
        .containsEntry(
            "districts", List.of("a,\"Nashik, Maharashtra\",24", "a,\"Pune, Maharashtra\",19"));
    Workspace parts = fixture.workspace(SECOND, 3, PARTS);
    new CarelessEngine("f", List.of(30, 31, 32, 70, 71), 1)
        .assertRefused(parts)
        .hasMessageContaining(
            ": " + Tampering.PUBLISHES_PARTS_OF_AN_EARLIER_TOTAL.code() + ". Nothing");
    assertThat(release(parts)).containsEntry("parts", GENDERS);
    assertThat(waiting).isEqualTo(Map.of("parts: totals_of_other_nights", 1.0));
  }

  /** The first night: six are neither women nor men. */
  private void begin(CellFixture fixture) {
    fixture.people(0, 10, "f", "Pune", "a");
    fixture.people(20, 26, "m", "Pune", "a");
    fixture.people(30, 33, "x", "Pune", "a");
    fixture.people(40, 50, "f", "Nashik", "a");
    fixture.people(60, 66, "m", "Nashik", "a");
    fixture.people(70, 73, "y", "Nashik", "a");
    fixture.write();
    assertThat(release(fixture.workspace(1, DISTRICTS, PARTS)))
        .containsEntry(
            "districts", List.of("a,\"Nashik, Maharashtra\",19", "a,\"Pune, Maharashtra\",19"))
        .containsEntry("parts", GENDERS);
  }

  private Map<String, List<String>> release(Workspace workspace) {
    StageReport report = new ExportStage().run(workspace);
    waiting = report.breakdowns().get("waiting_by_reason");
    return ReleasedRows.of(report);
  }
}
