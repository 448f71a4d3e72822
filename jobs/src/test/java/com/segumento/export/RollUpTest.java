package com.segumento.export;

import static com.segumento.privacy.CellFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class RollUpTest {
  private static final String EXPORT =
      "{name: left, kind: cells, segments: all, dimensions: [gender, place],"
          + " levels: {gender: 0, place: 1}, measures: [{name: customers},"
          + " {name: spend, sum: spend_90d, clamp: [0, 1000]}], privacy: {k: 3}, format: csv}";
  private static final Row PUNE = place("411001", "Pune", "Maharashtra", "west", "India");
  private static final Row THANE = place("400601", "Thane", "Maharashtra", "west", "India");
  private static final Row SURAT = place("395001", "Surat", "Gujarat", "west", "India");
  private static final Row PATNA = place("800001", "Patna", "Bihar", "east", "India");

  /** From pincode to country; the likelier first. */
  private static final List<List<String>> PLACES =
      Stream.of(
              "411001;Pune;Maharashtra;west;India",
              "400601;Thane;Maharashtra;west;India",
              "400602;Thane;Maharashtra;west;India",
              "395001;Surat;Gujarat;west;India",
              "395002;;Gujarat;west;India",
              "1;A;central;central;India",
              "2;B;Malwa;central;India",
              "3;C;Malwa;central;India",
              "800001;Patna;Bihar;east;India",
              ";;;;Nepal",
              ";;;;",
              "4;;;east;India")
          .map(
              line ->
                  Arrays.stream(line.split(";", -1))
                      .map(name -> name.isEmpty() ? null : name)
                      .toList())
          .toList();

  @TempDir Path directory;

  /** How many persons are in Pune, Thane, Surat and Patna, and the rows that come of it. */
  private static final Map<List<Integer>, List<String>> CASES =
      Map.of(
          List.of(2, 0, 0, 0), List.of(),
          List.of(2, 1, 0, 0), List.of("other in Maharashtra,3"),
          List.of(2, 2, 0, 0), List.of("other in Maharashtra,4"),
          List.of(2, 0, 1, 0), List.of("other in west,3"),
          List.of(1, 1, 0, 1), List.of("other in India,3"),
          List.of(1, 1, 0, 0), List.of(),
          List.of(3, 2, 1, 0), List.of("Pune, Maharashtra,3", "other in west,3"),
          List.of(3, 2, 0, 0), List.of("Pune, Maharashtra,3"),
          List.of(4, 3, 2, 0), List.of("Pune, Maharashtra,4", "Thane, Maharashtra,3"),
          List.of(2, 1, 2, 2), List.of("other in India,4", "other in Maharashtra,3"));

  @Test
  void joinsSmallCellsByTheNearestPlaceThatHasEnough(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    List<String> expected = new ArrayList<>();
    CASES.forEach(
        (counts, rows) -> {
          // Cells of different genders are never joined, so that each case stands alone.
          String gender = counts.toString().replaceAll("[^0-9]", "");
          List<Row> places = List.of(PUNE, THANE, SURAT, PATNA);
          for (int place = 0; place < places.size(); place++) {
            for (int i = 0; i < counts.get(place); i++) {
              fixture.resident(30, gender, "low", places.get(place), 10, "a");
            }
          }
          rows.forEach(row -> expected.add("a," + gender + "," + row));
        });
    StageReport report = new ExportStage().run(fixture.write().workspace(1, EXPORT));
    assertThat(lines(report))
        .extracting(line -> line.replaceAll("\"|,[^,]*$", ""))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(report.counts())
        .isEqualTo(Map.of("cells_published", 11L, "cells_rolled_up", 15L, "cells_withheld", 5L));
  }

  @Test
  void whatIsLeftOfPlacesIsHeldBackTogether(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    for (Row place : List.of(PUNE, PUNE, THANE, SURAT, SURAT, PATNA, PATNA)) {
      fixture.resident(30, "f", "low", place, 10, "a", "b");
    }
    fixture.resident(30, "f", "low", THANE, 10, "b");
    StageReport report = new ExportStage().run(fixture.write().workspace(1, EXPORT));
    assertThat(lines(report))
        .as("b has one person more than a in Maharashtra; of those none is in India's row")
        .extracting(line -> line.replaceAll("\"|,[^,]*$", ""))
        .containsExactlyInAnyOrder("a,f,other in Maharashtra,3", "a,f,other in India,4");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "1, 2, 30", "2, 2, 0", "3, 1, 60"})
  void agreesWithPersonByPersonCounting(
      int level, int distinct, int dominance, SparkSession spark) {
    Random random = new Random(level);
    CellFixture fixture = new CellFixture(spark, directory);
    List<NaiveRollUp.Member> members = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      NaiveRollUp.Member member =
          new NaiveRollUp.Member(
              List.of("a", "b", "c").get(random.nextInt(3)),
              "g" + random.nextInt(8),
              List.of("low", "middle", "high").get(random.nextInt(10) < 7 ? 0 : random.nextInt(3)),
              random.nextInt(4) == 0 ? null : 1 << random.nextInt(12),
              PLACES.get(random.nextInt(random.nextInt(PLACES.size()) + 1)));
      members.add(member);
      String[] at = member.places().toArray(String[]::new);
      fixture.resident(
          30,
          member.gender(),
          member.income(),
          place(at[0], at[1], at[2], at[3], at[4]),
          member.spend(),
          member.segment());
    }
    fixture.repeatLast();
    String privacy =
        (distinct > 1 ? ", l: {attribute: income_band, distinct: " + distinct + "}" : "")
            + (dominance > 0 ? ", dominance: {p: " + dominance + "}" : "");
    String export = EXPORT.replace("k: 3", "k: 3" + privacy).replace("place: 1", "place: " + level);
    StageReport report = new ExportStage().run(fixture.write().workspace(1, export));

    List<String> expected = new NaiveRollUp(level, 3, distinct, dominance).lines(members);
    assertThat(lines(report).stream().map(line -> line.replace("\"", "")).sorted().toList())
        .isEqualTo(expected);
    assertThat(expected).anyMatch(line -> line.contains(",other in "));
  }

  @Test
  void noPlacePassesForWhatIsLeftOfAnother(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    for (int i = 0; i < 3; i++) {
      fixture.resident(
          30, "f", "low", place("1", "other in Bihar", "Bihar", "east", "India"), 1, "a");
      fixture.resident(
          30, "f", "low", place("2", "\\other in B", "Bihar", "east", "India"), 1, "a");
      fixture.resident(
          30, "f", "low", place("3", "district " + i, "other in Goa", "west", "India"), 1, "a");
      fixture.resident(30, "other in Bihar", "low", PATNA, 1, "a");
    }
    StageReport report = new ExportStage().run(fixture.write().workspace(1, EXPORT));
    assertThat(lines(report))
        .containsExactly(
            "a,f,\"\\\\other in B, Bihar\",3,3.00",
            "a,f,\"\\other in Bihar, Bihar\",3,3.00",
            "a,f,other in \\other in Goa,3,3.00",
            "a,other in Bihar,\"Patna, Bihar\",3,3.00");
  }

  private static List<String> lines(StageReport report) {
    return ReleasedRows.of(report, "left");
  }
}
