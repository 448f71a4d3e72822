package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.MemoryMutant;
import com.segumento.privacy.ProtectionCost;
import com.segumento.privacy.Reason;
import com.segumento.privacy.Staleness;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client sees of cells that tonight's tables have nobody in, k = 5: a row that goes is a set
 * of nobody, and has to differ by none or five persons as any other.
 */
@ExtendWith(SparkExtension.class)
class EmptiedCellsTest {
  private static final LocalDate SECOND = CellFixture.DATE.plusDays(1);
  private static final LocalDate THIRD = CellFixture.DATE.plusDays(2);
  private static final String EXPORT =
      "{name: parts, kind: cells, segments: [a, b, c, d], dimensions: [gender], levels: {gender: 0},"
          + " measures: [{name: customers}, {name: spend, sum: spend_90d, clamp: [0, 1000]}],"
          + " privacy: {k: 5, suppression_limit: 0.05}, format: csv}";

  @TempDir Path directory;

  private ProtectionCost cost;

  @Test
  void goOnlyWithWhatElseChanges(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    persons(fixture, 0, 6, "f", "a");
    persons(fixture, 6, 13, "m", "a");
    persons(fixture, 100, 114, "u", "b");
    persons(fixture, 200, 206, "f", "c");
    persons(fixture, 206, 214, "m", "c");
    persons(fixture, 300, 305, "f", "d");
    persons(fixture, 306, 314, "m", "d");
    fixture.write();
    assertThat(lines(fixture.workspace(1, EXPORT)))
        .containsExactly(
            "a,f,6,60.00",
            "a,m,7,70.00",
            "b,u,14,140.00",
            "c,f,6,60.00",
            "c,m,8,80.00",
            "d,f,5,50.00",
            "d,m,8,80.00");

    fixture.everybodyLeaves();
    persons(fixture, 0, 14, "u", "a"); // two labels are one, and one came
    persons(fixture, 100, 106, "f", "b"); // one label is two, and one left
    persons(fixture, 106, 113, "m", "b");
    persons(fixture, 200, 205, "m", "c"); // five of six moved, and one left
    persons(fixture, 206, 214, "m", "c");
    persons(fixture, 306, 314, "m", "d"); // all of a label left
    fixture.night(SECOND);
    Workspace careless = fixture.workspace(SECOND, 2, MemoryMutant.EXPORT.replace("[a, b]", "[a]"));
    List<Integer> all = IntStream.range(0, 14).boxed().toList();
    assertThatThrownBy(() -> new ExportStage(MemoryMutant.following("u", all, 1)).run(careless))
        .as("the memory has women and men behind cells that are gone")
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageContaining(": vanished_cells. Nothing ");
    assertThat(lines(fixture.workspace(SECOND, 3, EXPORT)))
        .containsExactly(
            "a,f,6,60.00",
            "a,m,7,70.00",
            "b,u,14,140.00",
            "c,f,6,60.00",
            "c,m,8,80.00",
            "d,m,8,80.00");
    Map<Reason, Long> five = Map.of(Reason.SUMS_OF_CELLS, 5L);
    Map<Reason, Long> three = Map.of(Reason.SUMS_OF_CELLS, 3L);
    assertThat(cost)
        .isEqualTo(
            new ProtectionCost(
                6,
                0,
                3,
                3,
                new Staleness(five, five, three, 1, cost.staleness().longest()),
                48,
                21,
                38,
                14));
    assertThat(cost.staleness().longest().stream().map(Staleness.Wait::row))
        .containsExactly(
            List.of("a", "f"),
            List.of("a", "m"),
            List.of("b", "u"),
            List.of("c", "f"),
            List.of("c", "m"));

    persons(fixture, 14, 19, "u", "a"); // five more
    persons(fixture, 303, 304, "f", "d"); // one is back
    fixture.night(THIRD);
    assertThat(lines(fixture.workspace(THIRD, 4, EXPORT)))
        .containsExactly(
            "a,u,19,190.00", "b,u,14,140.00", "c,f,6,60.00", "c,m,8,80.00", "d,m,8,80.00");
  }

  private static void persons(
      CellFixture fixture, int from, int to, String gender, String segment) {
    fixture.nextIs(from);
    for (int i = from; i < to; i++) {
      fixture.person(20, gender, "low", "Pune", 10, segment);
    }
  }

  private List<String> lines(Workspace workspace) {
    StageReport report = ExportStage.after(released -> cost = released.cost()).run(workspace);
    return ReleasedRows.of(report, "parts");
  }
}
