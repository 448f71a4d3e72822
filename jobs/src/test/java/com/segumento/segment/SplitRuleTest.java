package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.SparkExtension;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SplitRuleTest {
  private static final int PERSONS = 6000;
  private static final Field IN = Field.required("found", DataTypes.IntegerType);

  private static final String TEST =
      """
      - {id: control, split: {of: everyone, share: 10%, salt: q4}}
      - {id: third, split: {of: everyone, share: 33.333333%, after: 10%, salt: q4}}
      - {id: rest, split: {of: everyone, share: 56.666667%, after: 43.333333%, salt: q4}}
      - {id: other, split: {of: everyone, share: 50%, salt: q1}}
      - {id: none, split: {of: everyone, share: 0%, after: 100%, salt: q4}}
      - {id: all, split: {of: everyone, share: 100%, salt: q4}}
      """;

  @Test
  void sharesAreNearTheirSizeAndMakeUpTheWhole(SparkSession spark) {
    Map<String, Set<Long>> in = members(spark, 0, PERSONS, TEST);
    Set<Long> together = new TreeSet<>(in.get("control"));
    in.get("third").forEach(person -> assertThat(together.add(person)).isTrue());
    in.get("rest").forEach(person -> assertThat(together.add(person)).isTrue());
    assertThat(together).hasSize(PERSONS).isEqualTo(in.get("all"));
    assertThat(in).doesNotContainKey("none");
    // Four standard deviations of a binomial share.
    assertThat(in.get("control")).hasSizeBetween(507, 693);
    assertThat(in.get("third")).hasSizeBetween(1853, 2147);
    assertThat(in.get("other")).hasSizeBetween(2845, 3155);
    Set<Long> both = new TreeSet<>(in.get("third"));
    both.retainAll(in.get("other"));
    assertThat(both).as("another salt draws anew").hasSizeBetween(854, 1146);
  }

  @Test
  void personKeepsItsGroupWhoeverComesAndGoes(SparkSession spark) {
    Map<String, Set<Long>> tonight = members(spark, 0, 200, TEST);
    Map<String, Set<Long>> later = members(spark, 100, 300, "- {id: more, where: 'true'}\n" + TEST);
    for (String group : Set.of("control", "third", "rest", "other")) {
      tonight.get(group).removeIf(person -> person < 100);
      later.get(group).removeIf(person -> person >= 200);
      assertThat(later.get(group)).isNotEmpty().isEqualTo(tonight.get(group));
    }
  }

  private static Map<String, Set<Long>> members(
      SparkSession spark, long from, long until, String more) {
    var segments =
        SegmentDefinitions.resolve(
                spark,
                SegmentFixtures.client(),
                Definitions.segments(
                    "segments:\n- {id: everyone, where: 'true'}\n" + more.stripIndent()))
            .segments();
    Map<String, Set<Long>> in = new TreeMap<>();
    Dataset<Row> persons =
        spark
            .range(from, until)
            .selectExpr("id", "unhex(sha2(cast(id as string), 256)) as person_key");
    persons
        .select(
            org.apache.spark.sql.functions.col("id"),
            MatchedPositions.of(persons, segments).as(IN.name()))
        .collectAsList()
        .forEach(
            row ->
                row.<Integer>getList(1)
                    .forEach(
                        position ->
                            in.computeIfAbsent(
                                    segments.get(position - 1).id(), id -> new TreeSet<>())
                                .add(row.getLong(0))));
    return in;
  }
}
