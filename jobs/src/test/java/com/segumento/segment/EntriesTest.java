package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.Memberships;
import com.segumento.model.SegmentCodes;
import com.segumento.ops.StageReport;
import com.segumento.segment.NaiveSegments.Person;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who came, stayed and went, night by night. */
@ExtendWith(SparkExtension.class)
class EntriesTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 2, 27);
  private static final int K = 2;

  @TempDir Path directory;

  // Persons are named by a digit and have an age; adults are of at least 18, olds of at least 60.
  @Test
  void followsPersonsOverNights(SparkSession spark) {
    StageReport first = night(spark, FIRST, 18, 10, 20, 20, 70, 70);
    assertThat(shown(spark, FIRST))
        .isEqualTo(
            Map.of(1, "adult 27", 2, "adult 27", 3, "adult 27, old 27", 4, "adult 27, old 27"));
    assertThat(first.breakdowns()).containsOnlyKeys("persons_by_segment");

    StageReport second = night(spark, FIRST.plusDays(1), 18, 20, 20, 10, 10, 70, 20);
    assertThat(shown(spark, FIRST.plusDays(1)))
        .isEqualTo(Map.of(0, "adult 28", 1, "adult 27", 4, "adult 27, old 27", 5, "adult 28"));
    assertThat(second.breakdowns())
        .containsEntry("persons_entered_by_segment", Map.of("adult", 2.0))
        .containsEntry("persons_stayed_by_segment", Map.of("adult", 2.0))
        .containsEntry("persons_left_by_segment", Map.of("adult", 2.0));
    assertThat(second.counts()).containsEntry("movements_below_k", 1L);

    night(spark, FIRST.plusDays(3), 18, 20, 20, 20);
    assertThat(shown(spark, FIRST.plusDays(3)))
        .as("who comes again has come anew; a day without a night is no break")
        .isEqualTo(Map.of(0, "adult 28", 1, "adult 27", 2, "adult 1"));

    StageReport redefined = night(spark, FIRST.plusDays(4), 19, 20, 20, 20, 70, 70);
    assertThat(shown(spark, FIRST.plusDays(4)))
        .as("a segment that is defined anew begins anew")
        .isEqualTo(
            Map.of(
                0,
                "adult 2",
                1,
                "adult 2",
                2,
                "adult 2",
                3,
                "adult 2, old 2",
                4,
                "adult 2, old 2"));
    assertThat(redefined.breakdowns()).doesNotContainKey("persons_left_by_segment");

    night(spark, FIRST.plusDays(1), 18, 20, 20, 10, 10, 70, 20);
    assertThat(shown(spark, FIRST.plusDays(1)))
        .as("a night that is run again is what it was")
        .isEqualTo(Map.of(0, "adult 28", 1, "adult 27", 4, "adult 27, old 27", 5, "adult 28"));
    assertThat(shown(spark, FIRST.plusDays(3)))
        .as("and so are those after it")
        .isEqualTo(Map.of(0, "adult 28", 1, "adult 27", 2, "adult 1"));
    assertThat(codes(spark).count()).as("each definition once").isEqualTo(3);
  }

  private StageReport night(SparkSession spark, LocalDate date, int adult, int... ages) {
    Workspace workspace = workspace(spark, date, adult);
    List<Person> persons =
        IntStream.range(0, ages.length).mapToObj(id -> new Person(id, ages[id], null)).toList();
    new SegmentHistory(persons, List.of()).write(workspace, date);
    return new SegmentStage().run(workspace);
  }

  private Workspace workspace(SparkSession spark, LocalDate date, int adult) {
    String yaml =
        "segments: [{id: adult, where: 'age >= %d'}, {id: old, where: 'age >= 60'}]"
            .formatted(adult);
    return SegmentFixtures.workspace(
        spark, directory.toUri().toString(), Definitions.segments(yaml), date, K);
  }

  private Dataset<Row> codes(SparkSession spark) {
    Workspace workspace = workspace(spark, FIRST, 18);
    return workspace
        .lake()
        .tables()
        .read(workspace.lake().layout().table(workspace.clientId(), SegmentCodes.NAME));
  }

  /** Segments of each person with the day of the month it entered. */
  private Map<Integer, String> shown(SparkSession spark, LocalDate date) {
    Workspace workspace = workspace(spark, date, 18);
    String path = workspace.lake().layout().table(workspace.clientId(), Memberships.NAME);
    Map<Integer, String> shown = new TreeMap<>();
    Set<String> viewed = new TreeSet<>();
    MembershipView.of(workspace, workspace.lake().tables().version(path))
        .filter(Memberships.BUSINESS_DATE.col().equalTo(java.sql.Date.valueOf(date)))
        .collectAsList()
        .forEach(row -> viewed.add(row.<byte[]>getAs("person_key")[1] + row.getString(1)));
    workspace
        .lake()
        .tables()
        .read(path)
        .filter(Memberships.BUSINESS_DATE.col().equalTo(java.sql.Date.valueOf(date)))
        .selectExpr("person_key", "inline(arrays_zip(segments, since))")
        .join(codes(spark), org.apache.spark.sql.functions.expr("segments = code"))
        .selectExpr("person_key", "segment_id", "day(since)")
        .sort("segment_id")
        .collectAsList()
        .forEach(
            row -> {
              int person = row.<byte[]>getAs(0)[1];
              assertThat(viewed.remove(person + row.getString(1))).isTrue();
              shown.merge(person, row.getString(1) + " " + row.getInt(2), (a, b) -> a + ", " + b);
            });
    assertThat(viewed).isEmpty();
    return shown;
  }
}
