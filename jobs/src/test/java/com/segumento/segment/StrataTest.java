package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.ops.StageReport;
import com.segumento.testkit.Caches;
import com.segumento.testkit.SparkExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class StrataTest {
  private static final Field AGE = Field.optional("age", DataTypes.IntegerType);

  /** Below the mean age of the members of a segment. */
  private record BelowMean(String among, Field column) implements Survey {
    @Override
    public Set<String> columns() {
      return Set.of(AGE.name());
    }

    @Override
    public Set<String> segments() {
      return Set.of(among);
    }

    @Override
    public Surveyed survey(Dataset<Row> persons, int k) {
      double mean =
          persons
              .filter(MarkSegments.in(among).col())
              .agg(functions.avg(AGE.col()))
              .head()
              .getDouble(0);
      return new Surveyed(
          List.of(),
          answers -> MarkSegments.in(among).col().and(AGE.col().lt(mean)),
          report -> report.count("surveys", 1));
    }
  }

  // Ages 0 to 15: adults are 4 to 15, the lower of them 4 to 9, the rest of them 10 to 15; of the
  // lower the lower are 4 to 6.
  @Test
  void surveysLookAtMembersThatSurveysBelowHaveMade(SparkSession spark) {
    List<SegmentDefinition> segments =
        List.of(
            definition("adult", ExpressionUtils.expression(AGE.col().geq(4)), Set.of()),
            surveyed("lower", "adult"),
            definition("odd", ExpressionUtils.expression(AGE.col().mod(2).equalTo(1)), Set.of()),
            definition("upper", new Not(new InSegment("lower")), Set.of("lower")),
            surveyed("lowest", "lower"),
            surveyed("high", "upper"));
    Dataset<Row> persons =
        spark
            .range(16)
            .select(
                Persons.PERSON_KEY.as(functions.col("id").cast("string").cast("binary")),
                AGE.as(functions.col("id").cast("int")));
    StageReport.Builder report = StageReport.of("segment");
    Dataset<Row> surveyed = new Strata(segments).surveyed(persons, 1, report);
    assertThat(surveyed.columns())
        .containsExactly("person_key", "age", "#lower", "#lowest", "#high");
    assertThat(report.build().counts()).containsEntry("surveys", 3L);
    assertThat(Caches.isEmpty(spark)).isTrue();
    Map<String, List<Integer>> members = new java.util.TreeMap<>();
    for (Row row :
        surveyed.select(AGE.col(), MatchedPositions.of(surveyed, segments)).collectAsList()) {
      row.<Integer>getList(1)
          .forEach(
              position ->
                  members
                      .computeIfAbsent(segments.get(position - 1).id(), id -> new ArrayList<>())
                      .add(row.getInt(0)));
    }
    assertThat(members.get("lower")).containsExactly(4, 5, 6, 7, 8, 9);
    assertThat(members.get("upper")).containsExactly(0, 1, 2, 3, 10, 11, 12, 13, 14, 15);
    assertThat(members.get("lowest")).containsExactly(4, 5, 6);
    assertThat(members.get("high")).containsExactly(0, 1, 2, 3);
  }

  private static SegmentDefinition surveyed(String id, String among) {
    Field column = Field.required("#" + id, DataTypes.BooleanType);
    Rule rule =
        new Rule(
            "",
            SqlExpression.condition(ExpressionUtils.expression(column.col())),
            List.of(),
            Optional.of(new BelowMean(among, column)));
    return new SegmentDefinition(id, rule, Optional.empty(), Set.of(among), "");
  }

  private static SegmentDefinition definition(String id, Expression condition, Set<String> reads) {
    Rule rule = Rule.of("", SqlExpression.condition(condition));
    return new SegmentDefinition(id, rule, Optional.empty(), reads, "");
  }
}
