package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Segments;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Traits;
import com.segumento.ops.StageReport;
import com.segumento.segment.order.RfmScores;
import com.segumento.testkit.Caches;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Scores, ranks, clusters and lookalikes from files to memberships. */
@ExtendWith(SparkExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class SurveyStageTest {
  private static final LocalDate DATE = LocalDate.of(2024, 2, 29);
  private static final int K = 5;
  private static final String YAML =
      """
      traits:
        spend_90d: {from: orders, where: "kind = 'purchase'", window: 90d, agg: sum(amount)}
        orders_all: {from: orders, agg: count}
        spend_tile: {tile: {by: spend_90d, bins: 4}}
        age_tile: {tile: {by: age, bins: 3}}
        tile_of_tile: {tile: {by: spend_tile, bins: 2}}
        rfm: {rfm: {from: orders, where: "kind = 'purchase'", value: amount, window: 365d}}
        habit: {cluster: {features: [orders_all, spend_90d], k: "2..3"}}
      segments:
        - {id: upper, where: "spend_tile = 4"}
        - {id: frequent, where: "rfm.frequency >= 3 and rfm.group is not null"}
        - {id: top_fifth, rank: {by: spend_90d, top: 20%}}
        - {id: low_three, rank: {by: spend_90d, bottom: "3"}}
        - {id: top_of_frequent, rank: {by: orders_all, top: "10", among: frequent}}
        - {id: alike, lookalike: {seed: frequent, size: 10%, features: [orders_all, age]}}
        - {id: top_alike, rank: {by: age, top: 50%, among: alike}}
        - {id: rest, where: "in_segment('top_of_frequent') and not in_segment('upper')"}
      """;

  @TempDir static Path directory;
  private Workspace workspace;

  @BeforeAll
  void run(SparkSession spark) {
    workspace = workspace(spark, YAML);
    SegmentHistory.random(new Random(4), DATE).write(workspace, DATE);
  }

  private static Workspace workspace(SparkSession spark, String yaml) {
    Segments segments = Definitions.segments(yaml);
    return SegmentFixtures.workspace(spark, directory.toUri().toString(), segments, DATE, K);
  }

  @Test
  void surveysEveryoneAndGivesTheSameAgain(SparkSession spark) {
    StageReport report = new SegmentStage().run(workspace);
    List<Row> traits = traits();
    Map<String, Set<String>> members = members();
    assertThat(report.counts()).containsEntry("persons", (long) SegmentHistory.PERSONS);
    assertThat(report.breakdowns()).containsKeys("cluster_share", "cluster_profile");
    assertThat(report.breakdowns().get("overlap")).containsEntry("alike: frequent", 0.0);
    checkTiles(traits);
    checkRanks(traits, members);
    checkLookalike(members);
    assertThat(traits.get(0).schema().fieldNames()).noneMatch(name -> name.equals("age"));
    assertThat(Caches.isEmpty(spark)).isTrue();
    new SegmentStage().run(workspace);
    assertThat(traits()).isEqualTo(traits);
    assertThat(members()).isEqualTo(members);
  }

  private static void checkTiles(List<Row> traits) {
    Map<Integer, Integer> sizes = new TreeMap<>();
    Map<Integer, BigDecimal> lowest = new TreeMap<>();
    Map<Integer, BigDecimal> highest = new TreeMap<>();
    for (Row person : traits) {
      Integer tile = person.getAs("spend_tile");
      BigDecimal spend = person.getAs("spend_90d");
      assertThat(tile == null).isEqualTo(spend == null);
      if (tile != null) {
        sizes.merge(tile, 1, Integer::sum);
        lowest.merge(tile, spend, BigDecimal::min);
        highest.merge(tile, spend, BigDecimal::max);
      }
      Row rfm = person.getAs("rfm");
      if (rfm != null) {
        assertThat(rfm.<String>getAs(RfmScores.SCORE.name()))
            .isEqualTo("%d%d%d".formatted(rfm.getInt(0), rfm.getInt(1), rfm.getInt(2)));
      }
    }
    assertThat(sizes).containsOnlyKeys(1, 2, 3, 4);
    assertThat(sizes.get(1) - sizes.get(4)).isBetween(0, 1);
    for (int tile = 1; tile < 4; tile++) {
      assertThat(highest.get(tile)).isLessThanOrEqualTo(lowest.get(tile + 1));
    }
  }

  private static void checkRanks(List<Row> traits, Map<String, Set<String>> members) {
    long spenders = traits.stream().filter(row -> row.getAs("spend_90d") != null).count();
    assertThat(members.get("top_fifth")).hasSize((int) (spenders / 5));
    assertThat(members.get("low_three"))
        .hasSize(3)
        .doesNotContainAnyElementsOf(members.get("top_fifth"));
    assertThat(members.get("upper")).containsAll(members.get("top_fifth"));
    assertThat(members.get("frequent")).containsAll(members.get("top_of_frequent"));
    assertThat(members.get("top_of_frequent")).hasSize(10);
    assertThat(members.get("alike")).containsAll(members.get("top_alike"));
  }

  private static void checkLookalike(Map<String, Set<String>> members) {
    assertThat(members.get("alike"))
        .hasSize(SegmentHistory.PERSONS / 10)
        .doesNotContainAnyElementsOf(members.get("frequent"));
  }

  @Test
  void refusesWhatIsNoFigureAndUnknownSegments(SparkSession spark) {
    Workspace wrong =
        workspace(
            spark,
            """
            traits:
              by_gender: {tile: {by: gender, bins: 4}}
              habit: {cluster: {features: [age], k: "5..2"}}
              scores: {rfm: {from: orders, value: amont}}
            segments:
              - {id: top, rank: {by: spend, top: 10%, among: nobody}}
              - {id: alike, lookalike: {seed: alike, size: 10%, features: [age]}}
            """);
    assertThatThrownBy(() -> new SegmentStage().run(wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("trait by_gender, tile.by: gender is no number.")
        .hasMessageContaining("trait habit, cluster.k: 5 is more than 2. Turn them round.")
        .hasMessageContaining("trait scores, rfm: agg: ")
        .hasMessageContaining("segment top, rank.by: no column spend is in scope.")
        .hasMessageContaining("segment top, rank.among: no segment nobody is defined.")
        .hasMessageContaining("alike → alike");
  }

  @Test
  void nobodyIsLikeASeedOfFewPersonsAndTheOtherSegmentsHaveTheirMembers(SparkSession spark) {
    Workspace few =
        workspace(
            spark,
            """
            traits: {}
            segments:
              - {id: few, rank: {by: age, top: "4"}}
              - {id: alike, lookalike: {seed: few, size: 10%, features: [age]}}
              - {id: others, where: "not in_segment('alike')"}
            """);
    StageReport report = new SegmentStage().run(few);
    assertThat(report.counts()).containsEntry("lookalikes_of_too_few", 1L);
    assertThat(report.breakdowns().get("persons_by_segment").keySet()).containsExactly("others");
  }

  private List<Row> traits() {
    return tables()
        .read(table(Traits.NAME))
        .orderBy(Field.required("person_key", DataTypes.BinaryType).col())
        .collectAsList();
  }

  private Map<String, Set<String>> members() {
    Map<String, Set<String>> members = new TreeMap<>();
    MembershipView.of(workspace, tables().version(table(Memberships.NAME)))
        .collectAsList()
        .forEach(
            row ->
                members
                    .computeIfAbsent(row.getAs("segment_id"), id -> new TreeSet<>())
                    .add(List.of(row.<byte[]>getAs("person_key")[1]).toString()));
    return members;
  }

  private DeltaTables tables() {
    return workspace.lake().tables();
  }

  private String table(String name) {
    return workspace.lake().layout().table(workspace.clientId(), name);
  }
}
