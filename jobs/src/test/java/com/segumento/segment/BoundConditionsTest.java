package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class BoundConditionsTest {
  private static final StructType PERSONS =
      new StructType()
          .add("age", "int")
          .add(
              "place",
              new StructType().add("tier", DataTypes.StringType).add("state", DataTypes.StringType))
          .add("gender", "string");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "age in (select 1)",
        "exists (select 1)",
        "age > (select max(id) from range(3))",
        "rand() < 0.5",
        "age > 3 and uuid() is not null"
      })
  void whatReadsMoreThanItsRowIsRefused(String condition, SparkSession spark) {
    assertThatThrownBy(() -> bind(spark, condition))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "A condition of a segment would read more than the row of a person. Segments read the"
                + " client's own tables and references only, and the same every time: remove what"
                + " names anything else.");
  }

  @Test
  void readsMembersOfStructsAndEachColumnOnce(SparkSession spark) {
    BoundConditions bound =
        bind(spark, "age > 3 and place.tier = 'metro'", "place.tier is null", "age < 10");
    assertThat(bound.columns())
        .extracting(Object::toString)
        .containsExactly("age", "place['tier']");
    assertThat(bound.trees())
        .extracting(Object::toString)
        .allMatch(tree -> tree.contains("input["));
  }

  @Test
  void ofNothingIsNothing(SparkSession spark) {
    assertThat(bind(spark)).isEqualTo(new BoundConditions(List.of(), List.of()));
  }

  private static BoundConditions bind(SparkSession spark, String... conditions) {
    List<SqlExpression> parsed =
        List.of(conditions).stream()
            .map(
                text -> {
                  var problems = new java.util.ArrayList<String>();
                  var tree = new ExpressionParser(spark).parse(text, problems).orElseThrow();
                  return new SqlExpression(tree, Set.of(), DataTypes.BooleanType);
                })
            .toList();
    return BoundConditions.of(spark, PERSONS, parsed);
  }
}
