package com.segumento.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.privacy.lattice.ClassTable;
import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Solution;
import com.segumento.testkit.SparkExtension;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ApplyPlanTest {
  private static final Field AGE = Field.optional("age", DataTypes.IntegerType);
  private static final Field CITY = Field.optional("city.of birth", DataTypes.StringType);
  private static final Field NOTE = Field.optional("note", DataTypes.StringType);

  private static final List<Hierarchy> QUASI =
      List.of(
          Hierarchy.of("age", List.of(List.of("1", "low", "*"), List.of("2", "low", "*"))),
          Hierarchy.of(
              "city.of birth",
              List.of(List.of("", "none"), List.of("x", "one"), List.of("y", "one"))));

  private static InputTable table(SparkSession spark) {
    Dataset<Row> rows =
        spark.createDataFrame(
            List.of(
                RowFactory.create(1, "x", "a"),
                RowFactory.create(2, "y", "b"),
                RowFactory.create(2, null, "c")),
            Field.schema(AGE, CITY, NOTE));
    return new InputTable(
        rows,
        List.of("age", "city.of birth"),
        List.of(),
        List.of("age", "city.of birth", "note"),
        List.of(),
        null);
  }

  /** The first class kept, the second suppressed. */
  private static Plan plan(int[] levels, int[][] labels) {
    return new Plan(
        QUASI,
        new Solution(levels, new double[] {0}, 1, 1, 2, 2, 1, null),
        new ClassTable(labels, new long[] {2, 1}, new boolean[] {true, false}));
  }

  @Test
  void dropsRowsOfSuppressedClassesWithoutANestedLoop(SparkSession spark) {
    InputTable table = table(spark);
    Plan plan = plan(new int[] {1, 1}, new int[][] {{0, 0}, {1, 0}});

    Dataset<Row> result = table.rows().transform(new ApplyPlan(table, plan, false)::apply);

    assertThat(result.collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("low", "one", "a"), RowFactory.create("low", "one", "b"));
    assertThat(result.queryExecution().executedPlan().toString())
        .contains("BroadcastHashJoin")
        .doesNotContain("NestedLoop", "Cartesian", "SortMergeJoin", "UDF");
  }

  @Test
  void starsRowsOfSuppressedClassesWhereTheyStay(SparkSession spark) {
    InputTable table = table(spark);
    Plan plan = plan(new int[] {2, 1}, new int[][] {{0, 0}, {1, 0}});

    assertThat(table.rows().transform(new ApplyPlan(table, plan, true)::apply).collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("*", "one", "a"),
            RowFactory.create("*", "one", "b"),
            RowFactory.create("*", "*", "c"));
  }

  @Test
  void keepsExactValuesWhereNothingIsGeneralized(SparkSession spark) {
    InputTable table = table(spark);
    Plan plan =
        new Plan(
            QUASI,
            new Solution(new int[] {0, 0}, new double[] {0}, 0, 3, 1, 1, 1, null),
            new ClassTable(
                new int[][] {{0, 1, 1}, {1, 2, 0}},
                new long[] {1, 1, 1},
                new boolean[] {true, true, true}));

    assertThat(table.rows().transform(new ApplyPlan(table, plan, false)::apply).collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("1", "x", "a"),
            RowFactory.create("2", "y", "b"),
            RowFactory.create("2", null, "c"));
  }
}
