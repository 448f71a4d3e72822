package com.segumento.segment.learned;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.ops.StageReport;
import com.segumento.segment.order.CutPoints;
import com.segumento.segment.order.Cutting;
import com.segumento.segment.order.Part;
import com.segumento.testkit.Caches;
import com.segumento.testkit.SparkExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Persons of three kinds: many orders, much money, and few of both; the last ten know nothing. */
@ExtendWith(SparkExtension.class)
class LearnedTest {
  private static final Field ORDERS = Field.optional("orders", DataTypes.LongType);
  private static final Field SPEND = Field.optional("spend", DataTypes.DoubleType);
  private static final Field KIND = Field.optional("kind", DataTypes.IntegerType);
  private static final StructType SCHEMA = Field.schema(Persons.PERSON_KEY, ORDERS, SPEND, KIND);
  private static final List<String> FEATURES = List.of("orders", "spend");
  private static final int PERSONS = 310;
  private static final int K = 10;

  @Test
  void findsTheClustersThereAre(SparkSession spark) {
    Dataset<Row> persons = persons(spark);
    Clusters clusters = Clusters.find("habit", FEATURES, 2, 5, persons, PERSONS);
    assertThat(clusters.count()).isEqualTo(3);
    Map<Integer, Map<Integer, Long>> numbers = byKind(persons, clusters.number());
    // Numbered by the mean of orders: few of both and much money have the same orders, in whatever
    // order their centres are, and many orders is last.
    assertThat(numbers.get(0)).containsExactly(Map.entry(3, 100L));
    assertThat(numbers.get(1)).hasSize(1).containsValue(100L).doesNotContainKey(3);
    assertThat(numbers.get(2)).hasSize(1).containsValue(100L).doesNotContainKey(3);
    assertThat(numbers.get(1)).isNotEqualTo(numbers.get(2));
    assertThat(numbers.get(3)).containsExactly(Map.entry(-1, 10L));
    assertThat(Caches.isEmpty(spark)).isTrue();
  }

  @Test
  void findsTheSameInWhateverPartitionsTheyLie(SparkSession spark) {
    Dataset<Row> persons = persons(spark);
    Features features = new Features(FEATURES, 150); // so that a sample is drawn
    Column whole = Clusters.find("habit", features, 4, 4, persons, PERSONS).number();
    Column parted =
        Clusters.find("habit", features, 4, 4, persons.repartition(9, SPEND.col()), PERSONS)
            .number();
    Column seed = KIND.col().equalTo(0).and(ORDERS.col().gt(20));
    Column score = Lookalike.learn("alike", features, seed, persons, K).orElseThrow().score();
    Column partedScore =
        Lookalike.learn("alike", features, seed, persons.repartition(9, SPEND.col()), K)
            .orElseThrow()
            .score();
    assertThat(
            persons
                .filter(functions.not(whole.eqNullSafe(parted).and(score.eqNullSafe(partedScore))))
                .count())
        .isZero();
  }

  @Test
  void profilesClustersAgainstEveryone(SparkSession spark) {
    Dataset<Row> persons = persons(spark);
    Clusters clusters = Clusters.find("habit", FEATURES, 3, 3, persons, PERSONS);
    StageReport.Builder builder = StageReport.of("segment");
    new ClusterProfile(clusters, K).report(persons, builder);
    StageReport report = builder.build();
    assertThat(report.breakdowns().get("cluster_share"))
        .containsOnlyKeys("habit 1", "habit 2", "habit 3")
        .containsEntry("habit 3", 33.3);
    Map<String, Double> profile = report.breakdowns().get("cluster_profile");
    assertThat(profile).hasSize(6);
    assertThat(profile.get("habit 3: orders")).isBetween(1.2, 1.5);
    assertThat(profile.get("habit 3: spend")).isBetween(-0.9, -0.5);
    assertThat(report.counts()).containsEntry("clusters_below_k", 0L);
    StageReport.Builder strict = StageReport.of("segment");
    new ClusterProfile(clusters, 101).report(persons, strict);
    assertThat(strict.build().breakdowns()).isEmpty();
  }

  @Test
  void saysNothingOfSmallClustersNorOfTheirSmallRest() {
    assertThat(ClusterProfile.stated(sizes(9, 50, 60), 10)).isEqualTo(Set.of(3));
    assertThat(ClusterProfile.stated(sizes(10, 50, 60), 10)).isEqualTo(Set.of(1, 2, 3));
    assertThat(ClusterProfile.stated(sizes(9, 11, 60), 10)).isEqualTo(Set.of(3));
    assertThat(ClusterProfile.stated(sizes(5, 5, 60), 10)).isEqualTo(Set.of(3));
    assertThat(ClusterProfile.stated(sizes(4, 5, 60), 10)).isEmpty();
  }

  @Test
  void findsThoseMostLikeTheSeedAndNotInIt(SparkSession spark) {
    Dataset<Row> persons = persons(spark);
    Column seed =
        KIND.col().equalTo(0).and(functions.pmod(ORDERS.col(), functions.lit(2)).equalTo(1));
    Lookalike alike = Lookalike.learn("alike", FEATURES, seed, persons, K / 2).orElseThrow();
    Cutting cutting = alike.mostSimilar(Part.of("10%"), persons, PERSONS);
    Column member = CutPoints.find(persons, List.of(cutting)).get(0);
    List<Row> found = persons.filter(member).select(KIND.col(), seed).collectAsList();
    assertThat(found).hasSize(31).containsOnly(RowFactory.create(0, false));
    StageReport.Builder builder = StageReport.of("segment");
    alike.report(builder);
    Map<String, Double> quality =
        builder.build().breakdowns().getOrDefault("lookalike_quality", Map.of());
    assertThat(quality).containsOnlyKeys("alike: auc", "alike: lift");
    // the seed is a sixth of all, and among those of most orders
    assertThat(quality.get("alike: auc")).isBetween(0.75, 1.0);
    assertThat(quality.get("alike: lift")).isBetween(3.0, 10.0);
    assertThat(Caches.isEmpty(spark)).isTrue();
  }

  @Test
  void learnsNothingOfTooFewPersons(SparkSession spark) {
    Dataset<Row> persons = persons(spark);
    assertThat(Lookalike.learn("alike", FEATURES, seedOf(9), persons, K)).isEmpty();
    StageReport.Builder builder = StageReport.of("segment");
    Lookalike.learn("alike", FEATURES, seedOf(10), persons, K).orElseThrow().report(builder);
    assertThat(builder.build().breakdowns()).isEmpty(); // a fifth of ten is too few to state
  }

  @Test
  void judgesAScoreByRanksAndByItsUpperTenth() {
    List<Row> rows = new ArrayList<>();
    rows.add(RowFactory.create(true, 1.0, 9.0));
    rows.add(RowFactory.create(true, 1.0, 5.0));
    rows.add(RowFactory.create(false, 2.0, 5.0));
    rows.add(RowFactory.create(false, 6.0, 1.0));
    Row quality = new HoldoutQuality().call(rows.iterator()).next();
    // of 2 * 8 pairs the first member wins 8, the second 6 and half of 2; the tenth of 10 persons
    // is
    // the first member, half of the members
    assertThat(quality).isEqualTo(RowFactory.create(2L, 2L, 15.0 / 16, 5.0));
    assertThat(new HoldoutQuality().call(List.<Row>of().iterator()).next())
        .isEqualTo(RowFactory.create(0L, 0L, 0.0, 0.0));
  }

  private static Column seedOf(int persons) {
    return functions.conv(functions.hex(Persons.PERSON_KEY.col()), 16, 10).cast("long").lt(persons);
  }

  private static Map<Integer, Long> sizes(long... sizes) {
    Map<Integer, Long> byNumber = new TreeMap<>();
    for (long size : sizes) {
      byNumber.put(byNumber.size() + 1, size);
    }
    return byNumber;
  }

  private static Map<Integer, Map<Integer, Long>> byKind(Dataset<Row> persons, Column number) {
    Map<Integer, Map<Integer, Long>> numbers = new HashMap<>();
    persons
        .groupBy(KIND.col(), functions.coalesce(number, functions.lit(-1)))
        .count()
        .collectAsList()
        .forEach(
            row ->
                numbers
                    .computeIfAbsent(row.getInt(0), kind -> new TreeMap<>())
                    .put(row.getInt(1), row.getLong(2)));
    return numbers;
  }

  private static Dataset<Row> persons(SparkSession spark) {
    Random random = new Random(20260101);
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < PERSONS; id++) {
      int kind = id < 300 ? id % 3 : 3;
      Long orders = (kind == 0 ? 20L : 2L) + random.nextInt(4);
      Double spend = (kind == 1 ? 900.0 : 50.0) + 20 * random.nextGaussian();
      boolean known = kind < 3;
      rows.add(
          RowFactory.create(
              new byte[] {(byte) (id >> 8), (byte) id},
              known ? orders : null,
              known ? spend : Double.valueOf(Double.NaN),
              kind));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }
}
