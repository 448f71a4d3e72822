package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.PersonPurge;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.SourceVersions;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.PlaceMutant;
import com.segumento.privacy.Tampering;
import com.segumento.privacy.TotalsMutant;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client that has totals and parts, and subtracts. */
@ExtendWith(SparkExtension.class)
class TotalsTest {
  private static final LocalDate DATE = CellFixture.DATE;
  private static final SourceVersions SOURCES = new SourceVersions(1, 1, OptionalLong.of(1));
  private static final String STATES =
      TotalsMutant.cells("states", "[place]", "{place: 2}").replace("[a]", "[b]");
  private static final String DISTRICTS =
      TotalsMutant.cells("districts", "[place]", "{place: 1}").replace("[a]", "[b]");

  private static final String SPEND = ", {name: spend, sum: spend_90d, clamp: [0, 1000]}";
  private static final String COUNTED = TotalsMutant.TOTAL.replace(SPEND, "");
  private static final String COUNTED_PARTS = TotalsMutant.PARTS.replace(SPEND, "");

  @TempDir Path directory;

  /** Of the releases that were made last. */
  private StageReport report;

  @Test
  void aTotalMinusItsCellsTellsNothing(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    TotalsMutant.persons(fixture, 0);
    fixture.write();
    Workspace first =
        fixture.workspace(1, TotalsMutant.PARTS, TotalsMutant.TOTAL, DISTRICTS, STATES);
    assertThat(without(first, 1) - without(first, 0))
        .as("without a defence the two others are told of")
        .isEqualTo(2);
    assertThat(without(first, 3) - without(first, 2)).as("and the two of Nashik").isEqualTo(2);

    Map<String, List<String>> night = release(first);
    assertThat(night)
        .containsEntry("total", List.of("a,22,140.00"))
        .containsEntry("parts", List.of("a,f,12,"))
        .containsEntry("states", List.of("b,Maharashtra,22,220.00"))
        .containsEntry("districts", List.of("b,\"Pune, Maharashtra\",12,120.00"));
    assertThat(report.breakdowns().get("withheld_by_reason"))
        .as("eight men, and those of Nashik")
        .containsEntry("parts: totals", 1.0)
        .containsEntry("parts: too_few", 1.0);
    TotalsMutant.persons(fixture, 5); // five more women
    fixture.night(DATE.plusDays(1));
    assertThat(
            release(fixture.workspace(DATE.plusDays(1), 3, TotalsMutant.PARTS, TotalsMutant.TOTAL)))
        .as("22 of the night before less twelve women and eight men would be the two others")
        .containsEntry("total", List.of("a,27,190.00"))
        .containsEntry("parts", List.of("a,f,12,"));
  }

  @Test
  void theGateCatchesPartsOfAnEarlierTotal(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    TotalsMutant.persons(fixture, 0);
    fixture.write();
    ExportStage careful = new ExportStage();
    careful.run(fixture.workspace(1, TotalsMutant.TOTAL));
    TotalsMutant.persons(fixture, 5);
    fixture.night(DATE.plusDays(1));
    careful.run(fixture.workspace(DATE.plusDays(1), 2, TotalsMutant.TOTAL));
    Workspace parts = fixture.workspace(DATE.plusDays(1), 3, TotalsMutant.PARTS);
    assertThatThrownBy(
            () -> new ExportStage(TotalsMutant.PUBLISHES_BOTH_PARTS.anonymizer()).run(parts))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining(Tampering.PUBLISHES_PARTS_OF_AN_EARLIER_TOTAL.code());
  }

  @Test
  void theGateCatchesAnEngineThatPublishesBoth(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    TotalsMutant.persons(fixture, 0);
    fixture.write();
    ExportStage careful = new ExportStage();
    careful.run(fixture.workspace(1, TotalsMutant.TOTAL.replace("[a]", "[a, d]")));
    int run = 2;
    for (TotalsMutant mutant : TotalsMutant.values()) {
      Workspace workspace = fixture.workspace(run++, mutant.definition());
      ExportStage stage = new ExportStage(mutant.anonymizer());
      if (mutant.code().isEmpty()) {
        stage.run(workspace);
      } else {
        assertThatThrownBy(() -> stage.run(workspace))
            .as(mutant.name())
            .isInstanceOf(PrivacyRefused.class)
            .hasMessageContaining(": " + mutant.code() + ". Nothing of it was published.");
      }
    }
    Workspace workspace =
        fixture.workspace(run, TotalsMutant.PARTS_OF_ANOTHER_NAME, TotalsMutant.DOMINATED);
    assertThat(release(workspace))
        .as("the total of segment a without women and men of c, who are the same")
        .containsEntry("parts", List.of("c,f,12,120.00"))
        .as("the total of d without the 1,000 of women would be those of the men")
        .containsEntry("dominated", List.of("d,f,10,", "d,m,10,"));
  }

  @Test
  void theGateCatchesAnEngineThatPublishesTwoLevelsOfPlaces(SparkSession spark) {
    CellFixture fixture = PlaceMutant.write(new CellFixture(spark, directory));
    assertThat(release(fixture.workspace(1, PlaceMutant.before())))
        .containsEntry("states", List.of("a,Maharashtra,21", "c,Maharashtra,21"))
        .containsEntry(
            "districts", List.of("b,\"Nagpur, Maharashtra\",8", "b,\"Pune, Maharashtra\",12"));
    int run = 2;
    for (PlaceMutant mutant : PlaceMutant.values()) {
      Workspace workspace = fixture.workspace(run++, mutant.definition());
      assertThatThrownBy(() -> new ExportStage(mutant.anonymizer()).run(workspace))
          .as(mutant.name())
          .isInstanceOf(PrivacyRefused.class)
          .hasMessageContaining(": " + mutant.code() + ". Nothing of it was published.");
    }
    assertThat(places(fixture, run++, PlaceMutant.LEAVES_ONE_OF_A_STATE))
        .as("nine are left")
        .containsExactly("a,\"Pune, Maharashtra\",12");
    assertThat(places(fixture, run++, PlaceMutant.ADDS_ONE_TO_ITS_DISTRICTS)).isEmpty();
    assertThat(places(fixture, run, PlaceMutant.LEAVES_ONE_BESIDE_A_DISTRICT)).isEmpty();
  }

  private List<String> places(CellFixture fixture, int run, PlaceMutant mutant) {
    return release(fixture.workspace(run, mutant.definition())).get("places");
  }

  /**
   * Twenty women and eight men. One woman is erased, five become men, and five others come: the
   * total gains five, and goes on counting who was erased; of the parts nobody would.
   */
  @Test
  void aTotalMinusItsCellsDoesNotTellThatSomebodyWasErased(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    people(fixture, 0, 20, "f");
    people(fixture, 20, 28, "m");
    fixture.write();
    assertThat(release(fixture.workspace(1, COUNTED, COUNTED_PARTS)))
        .containsEntry("total", List.of("a,28"))
        .containsEntry("parts", List.of("a,f,20", "a,m,8"));

    Dataset<Row> erased =
        spark.createDataFrame(
            List.of(RowFactory.create(CellFixture.key(0))), Field.schema(Persons.PERSON_KEY));
    new PersonPurge(spark, fixture.lake())
        .forget(fixture.lake().layout().releaseMemory(CellFixture.CLIENT), erased, Map.of());
    fixture.everybodyLeaves();
    people(fixture, 6, 20, "f");
    people(fixture, 28, 33, "f");
    people(fixture, 20, 28, "m");
    people(fixture, 1, 6, "m");
    fixture.night(DATE.plusDays(1));
    assertThat(release(fixture.workspace(DATE.plusDays(1), 2, COUNTED, COUNTED_PARTS)))
        .as("19 and 13 would be one less than the 33")
        .containsEntry("total", List.of("a,33"))
        .containsEntry("parts", List.of("a,f,19", "a,m,8"));
  }

  /** Of 26 six are in no part. Five women come, and one to the six: 32 - 26 - (17 - 12). */
  @Test
  void aTotalThatGrowsAsItsPartsDoButForOneTellsNothing(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    people(fixture, 0, 12, "f");
    people(fixture, 20, 28, "m");
    people(fixture, 40, 43, "x");
    people(fixture, 50, 53, "y");
    fixture.write();
    assertThat(release(fixture.workspace(1, COUNTED, COUNTED_PARTS)))
        .containsEntry("total", List.of("a,26"))
        .containsEntry("parts", List.of("a,f,12", "a,m,8"));

    LocalDate second = DATE.plusDays(1);
    people(fixture, 12, 17, "f");
    people(fixture, 43, 44, "x");
    fixture.night(second);
    assertThat(release(fixture.workspace(second, 2, COUNTED)))
        .containsEntry("total", List.of("a,32"));
    Workspace parts = fixture.workspace(second, 3, COUNTED_PARTS);
    CarelessEngine.joining("f", 12, 17)
        .assertRefused(parts)
        .hasMessageContaining(
            ": " + Tampering.GROWS_PARTS_NEARLY_AS_THEIR_TOTAL.code() + ". Nothing");
    assertThat(release(parts)).containsEntry("parts", List.of("a,f,12", "a,m,8"));
    assertThat(report.breakdowns().get("waiting_by_reason"))
        .isEqualTo(Map.of("parts: growth_of_totals", 1.0));
  }

  private static void people(CellFixture fixture, int from, int to, String gender) {
    fixture.people(from, to, gender, "Pune", "a");
  }

  /** All persons in the rows of an export that is made with no eye on others. */
  private static long without(Workspace workspace, int export) {
    Dataset<Row> rows =
        new CellEngine().plan(workspace, workspace.client().exports().get(export), SOURCES);
    return rows.select("customers").collectAsList().stream().mapToLong(row -> row.getLong(0)).sum();
  }

  private Map<String, List<String>> release(Workspace workspace) {
    report = new ExportStage().run(workspace);
    return ReleasedRows.of(report);
  }
}
