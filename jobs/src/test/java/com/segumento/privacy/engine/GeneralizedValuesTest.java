package com.segumento.privacy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.model.Profiles;
import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.testkit.SparkExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class GeneralizedValuesTest {
  private static final Generalizable PLACE =
      new Generalizable(Profiles.PLACE, List.of(), Optional.empty());
  private static final Generalizable AGE =
      new Generalizable(
          Field.optional("age", DataTypes.IntegerType), List.of(10L, 20L), Optional.empty());

  @Test
  void placesHaveAllTheirLevels(SparkSession spark) {
    GeneralizedValues places =
        places(
            spark,
            place("411001", "Pune", "Maharashtra", "west", "IN"),
            place("411002", "Pune", "Maharashtra", "west", "IN"),
            place(null, null, null, null, null));

    assertThat(places.levels()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(lines(places.hierarchy()))
        .containsExactly(
            List.of("411001", "Pune, Maharashtra", "Maharashtra", "west", "IN", "*"),
            List.of("411002", "Pune, Maharashtra", "Maharashtra", "west", "IN", "*"),
            List.of("unknown", "unknown", "unknown", "unknown", "unknown", "*"));
  }

  @Test
  void aLevelWhoseClassesACoarserOneSplitsIsNone(SparkSession spark) {
    GeneralizedValues places =
        places(
            spark,
            place("411001", "Pune", "Maharashtra", "west", "IN"),
            place("411002", null, "Maharashtra", "west", "IN"),
            place(null, null, null, null, null));
    GeneralizedValues countries =
        places(
            spark,
            place(null, null, null, null, "IN"),
            place(null, null, null, null, "US"),
            place(null, null, null, null, null));

    assertThat(places.levels()).containsExactly(0, 2, 3, 4, 5);
    assertThat(countries.levels()).containsExactly(4, 5);
  }

  @Test
  void aLevelThatIsGivenIsTheOnlyOne(SparkSession spark) {
    GeneralizedValues ages =
        GeneralizedValues.of(
            spark, AGE, OptionalInt.of(1), new ArrayList<>(Arrays.asList(7, 12, 15, null)));

    assertThat(ages.levels()).containsExactly(1);
    assertThat(lines(ages.hierarchy()))
        .containsExactly(List.of("[0, 10)"), List.of("[10, 20)"), List.of("unknown"));
  }

  @Test
  void aTreeKeepsTheValuesThemselves(SparkSession spark) {
    Hierarchy tree =
        GeneralizedValues.tree(spark, AGE, new ArrayList<>(Arrays.asList(25, 7, null)));

    assertThat(lines(tree))
        .containsExactly(
            List.of("", "unknown", "unknown", "*"),
            List.of("25", "[20, 30)", "[20, 40)", "*"),
            List.of("7", "[0, 10)", "[0, 20)", "*"));
  }

  @Test
  void valuesOfAHierarchyFileBelongToTheDomain(SparkSession spark) {
    HierarchyFile file = new HierarchyFile(List.of(List.of("f", "b", "*"), List.of("m", "b", "*")));
    GeneralizedValues genders =
        GeneralizedValues.of(
            spark,
            new Generalizable(
                Field.optional("gender", DataTypes.StringType), List.of(), Optional.of(file)),
            OptionalInt.empty(),
            List.of("x"));

    assertThat(lines(genders.hierarchy()))
        .containsExactly(
            List.of("f", "b", "*"), List.of("m", "b", "*"), List.of("x", "unlisted", "*"));
  }

  private static GeneralizedValues places(SparkSession spark, Row... places) {
    return GeneralizedValues.of(spark, PLACE, OptionalInt.empty(), List.of((Object[]) places));
  }

  private static Row place(
      String pincode, String district, String state, String zone, String country) {
    return RowFactory.create(pincode, district, state, zone, country, null, null, null, null);
  }

  private static List<List<String>> lines(Hierarchy hierarchy) {
    List<List<String>> lines = new ArrayList<>();
    for (int code = 0; code < hierarchy.values(); code++) {
      List<String> line = new ArrayList<>();
      for (int level = 0; level <= hierarchy.height(); level++) {
        line.add(hierarchy.label(code, level));
      }
      lines.add(line);
    }
    return lines;
  }
}
