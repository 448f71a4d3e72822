package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.Workspace;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the number of persons of a row, times what nearly all of them add, leaves of its sum. */
@ExtendWith(SparkExtension.class)
class SumBesideCountTest {
  private static final String EXPORT =
      "{name: sums, kind: cells, segments: [a], dimensions: [gender], levels: {gender: 0},"
          + " measures: [{name: customers}, {name: buyers, sum: spend_90d, clamp: [0, 1]}],"
          + " privacy: {k: 5%s}, format: csv}";
  private static final LocalDate SECOND = CellFixture.DATE.plusDays(1);

  @TempDir Path directory;

  @Test
  void isNobodysOrThatOfKPersons(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    persons(fixture, "f", 0, 10, 1);
    persons(fixture, "m", 100, 10, 5);
    persons(fixture, "x", 200, 10, 0);
    fixture.write();
    assertThat(lines(fixture.workspace(1, EXPORT.formatted(""))))
        .as("one who buys nothing, five, and nobody")
        .containsExactly("a,f,10,", "a,m,10,5.00", "a,x,10,10.00");

    fixture.everybodyLeaves();
    persons(fixture, "f", 0, 10, 1);
    persons(fixture, "f", 10, 10, 5);
    persons(fixture, "m", 100, 10, 5);
    persons(fixture, "m", 110, 6, 1);
    persons(fixture, "x", 200, 10, 0);
    persons(fixture, "x", 210, 6, 0);
    fixture.night(SECOND);
    assertThat(lines(fixture.workspace(SECOND, 2, EXPORT.formatted(""))))
        .as("six women buy nothing, and of six men who came one")
        .containsExactly("a,f,20,14.00", "a,m,16,5.00", "a,x,16,16.00");
  }

  /**
   * Five spend the most, five a little less, and one nothing: that one leaves nearly all there is.
   */
  @Test
  void tellsNobodyWhatAnotherLeavesToTheMost(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    fixture.nextIs(0);
    for (int person = 0; person < 15; person++) {
      fixture.person(20, "f", "low", "Pune", person == 0 ? 10 : 980 + person, "a");
    }
    fixture.write();
    String most = EXPORT.replace("[0, 1]", "[0, 1000]");
    assertThat(lines(fixture.workspace(1, most.formatted(", dominance: {p: 30}"))))
        .containsExactly("a,f,15,");
    assertThat(lines(fixture.workspace(2, most.formatted(", dominance: {p: 1}"))))
        .containsExactly("a,f,15,13835.00");
  }

  private static void persons(CellFixture fixture, String gender, int from, int all, int none) {
    fixture.nextIs(from);
    for (int person = 0; person < all; person++) {
      fixture.person(20, gender, "low", "Pune", person < none ? null : 70, "a");
    }
  }

  private static List<String> lines(Workspace workspace) {
    return ReleasedRows.of(new ExportStage().run(workspace), "sums");
  }
}
