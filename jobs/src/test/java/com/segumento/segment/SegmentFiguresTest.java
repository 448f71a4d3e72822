package com.segumento.segment;

import static com.segumento.segment.SegmentFixtures.segment;
import static com.segumento.segment.SegmentFixtures.segments;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.StageReport;
import com.segumento.testkit.SparkExtension;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class SegmentFiguresTest {
  private static final int K = 50;
  private static final long MANY = 1000;

  @ParameterizedTest(name = "{0} members are not stated")
  @ValueSource(longs = {0, 1, K - 1})
  void leavesOutASegmentOfFewerThanK(long members, SparkSession spark) {
    StageReport report = report(spark, MANY, members, none());
    assertThat(report.breakdowns().get("persons_by_segment")).isEqualTo(Map.of("large", 70.0));
    assertThat(report.counts()).containsEntry("memberships", 70L);
    assertThat(report.counts()).containsEntry("segments_below_k", 1L).containsEntry("segments", 2L);
  }

  @ParameterizedTest(name = "{0} members are stated")
  @ValueSource(longs = {K, K + 1})
  void statesASegmentOfAtLeastK(long members, SparkSession spark) {
    StageReport report = report(spark, MANY, members, none());
    assertThat(report.breakdowns().get("persons_by_segment"))
        .isEqualTo(Map.of("large", 70.0, "small", (double) members));
    assertThat(report.counts()).containsEntry("memberships", 70L + members);
    assertThat(report.counts()).containsEntry("segments_below_k", 0L);
  }

  @ParameterizedTest(name = "{0} persons are not stated")
  @ValueSource(longs = {1, K - 1})
  void leavesOutFewerThanKPersons(long persons, SparkSession spark) {
    assertThat(report(spark, persons, 0, none()).counts()).doesNotContainKey("persons");
    assertThat(report(spark, MANY, 0, strangers(persons)).counts())
        .doesNotContainKey("events_without_profile");
  }

  @ParameterizedTest(name = "{0} persons are stated")
  @ValueSource(longs = {K, K + 1})
  void statesAtLeastKPersons(long persons, SparkSession spark) {
    assertThat(report(spark, persons, 0, none()).counts()).containsEntry("persons", persons);
    assertThat(report(spark, MANY, 0, strangers(persons)).counts())
        .containsEntry("events_without_profile", 3 * persons);
  }

  private static Map<String, WriteTraits.Strangers> none() {
    return strangers(0);
  }

  private static Map<String, WriteTraits.Strangers> strangers(long persons) {
    return Map.of("orders", new WriteTraits.Strangers(persons, 3 * persons));
  }

  private static StageReport report(
      SparkSession spark,
      long persons,
      long members,
      Map<String, WriteTraits.Strangers> strangers) {
    SegmentDefinitions definitions =
        SegmentDefinitions.resolve(
            spark,
            SegmentFixtures.client(),
            segments(Map.of(), segment("small", "age > 90"), segment("large", "age > 9")));
    SegmentInputs inputs =
        new SegmentInputs(OptionalLong.of(3), Map.of("orders", 4L), Map.of("places", 5L));
    StageReport.Builder report = StageReport.of("segment");
    new SegmentFigures(K, definitions, inputs)
        .report(
            report,
            new WriteTraits.Written(5, persons, strangers),
            new WriteMemberships.Written(
                6,
                Map.of("small", new Movement(members, 0, 0), "large", new Movement(70, 0, 0)),
                Map.of("small", 1, "large", 2),
                false));
    return report.build();
  }
}
