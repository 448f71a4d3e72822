package com.segumento.segment;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Conditions over rows of persons, computed as the stage of segments does, and bare. */
public final class PlainConditions {
  /** A person: key, age and gender. */
  public static final StructType PERSONS =
      Field.schema(
          Persons.PERSON_KEY,
          Field.optional("age", DataTypes.IntegerType),
          Field.optional("gender", DataTypes.StringType));

  private PlainConditions() {}

  /** How many meet a condition, as segments count. */
  public static long members(Dataset<Row> persons, String where) {
    return persons
        .transform(new MatchSegments(resolved(persons.sparkSession(), where), List.of(1))::apply)
        .filter("size(segments) > 0")
        .count();
  }

  /** The same by the condition alone, which fails where it fails on a row. */
  public static long bare(Dataset<Row> persons, String where) {
    SqlExpression condition = resolved(persons.sparkSession(), where).get(0).rule().condition();
    return persons
        .select(ExpressionUtils.column(condition.tree()).as("met"))
        .filter(functions.col("met"))
        .count();
  }

  private static List<SegmentDefinition> resolved(SparkSession spark, String where) {
    return SegmentDefinitions.resolve(
            spark,
            SegmentFixtures.client(),
            SegmentFixtures.segments(Map.of(), SegmentFixtures.segment("asked", where)))
        .segments();
  }
}
