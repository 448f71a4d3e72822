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

/** Sums of two columns of nearly the same shares, as of what is spent in 30 days and in 90. */
@ExtendWith(SparkExtension.class)
class TwoSumsTest {
  private static final String EXPORT =
      "{name: sums, kind: cells, segments: [a], dimensions: [gender], levels: {gender: 0},"
          + " measures: [{name: customers}, {name: ages, sum: age, clamp: [0, 1000]},"
          + " {name: spend, sum: spend_90d, clamp: [0, 1000]}], privacy: {k: 5}, format: csv}";
  private static final LocalDate SECOND = CellFixture.DATE.plusDays(1);

  @TempDir Path directory;

  @Test
  void areNoneOrKPersonsApart(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    persons(fixture, "f", 0, 10, 0);
    persons(fixture, "m", 100, 10, 4);
    persons(fixture, "x", 200, 10, 5);
    fixture.write();
    assertThat(lines(fixture.workspace(1, EXPORT)))
        .as("the same shares; four who spend more, and five")
        .containsExactly("a,f,10,200,200.00", "a,m,10,200,", "a,x,10,200,450.00");

    fixture.everybodyLeaves();
    persons(fixture, "f", 0, 16, 1);
    persons(fixture, "m", 100, 10, 5);
    persons(fixture, "x", 200, 10, 5);
    persons(fixture, "x", 210, 6, 3);
    fixture.night(SECOND);
    assertThat(lines(fixture.workspace(SECOND, 2, EXPORT)))
        .as("of six who came one spends more; five do; of six three, beside five")
        .containsExactly("a,f,16,320,200.00", "a,m,10,200,450.00", "a,x,16,320,450.00");
  }

  /** Who spends 20 adds 12 and 8; of two women who spend more it would say how much. */
  @Test
  void ofThreeThatTellTogetherOneIsWithheld(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    persons(fixture, "f", 0, 6, 2);
    persons(fixture, "m", 100, 9, 5);
    persons(fixture, "x", 200, 5, 0);
    for (String gender : List.of("f", "m", "x")) {
      for (int person = 0; person < 6; person++) {
        fixture.person(20, gender, "low", "Pune", null, "a");
      }
    }
    fixture.write();
    String three =
        EXPORT.replace(
            "{name: ages, sum: age, clamp: [0, 1000]}",
            "{name: twelve, sum: spend_90d, clamp: [0, 12]},"
                + " {name: eight, sum: spend_90d, clamp: [0, 8]}");
    assertThat(lines(fixture.workspace(1, three)))
        .as("220 - 72 - 48 is what the two spend more, 430 - 108 - 72 what five do")
        .containsExactly(
            "a,f,12,72.00,,220.00", "a,m,15,108.00,72.00,430.00", "a,x,11,60.00,40.00,100.00");
  }

  private static void persons(CellFixture fixture, String gender, int from, int all, int more) {
    fixture.nextIs(from);
    for (int person = 0; person < all; person++) {
      fixture.person(20, gender, "low", "Pune", person < all - more ? 20 : 70, "a");
    }
  }

  private static List<String> lines(Workspace workspace) {
    return ReleasedRows.of(new ExportStage().run(workspace), "sums");
  }
}
