package com.segumento.export;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two exports of records of the same persons, k = 3, joined by what each spends: why {@code
 * validate} warns of a second one, and why not where both have the same classes. One person of each
 * of four ages lives in each of four districts.
 */
@ExtendWith(SparkExtension.class)
class JoinedRecordsTest {
  private static final List<String> DISTRICTS = List.of("Pune", "Nagpur", "Nashik", "Thane");
  private static final String AGES =
      "{name: ages, kind: records, attributes: {age: quasi, place: quasi, spend_90d: insensitive},"
          + " levels: {age: 0, place: 5}, privacy: {k: 3}, format: json}";
  private static final String PLACES =
      AGES.replace("ages", "places").replace("age: 0, place: 5", "age: 2, place: 1");

  @TempDir static Path directory;
  private static CellFixture fixture;

  @BeforeAll
  static void write(SparkSession spark) {
    fixture = new CellFixture(spark, directory);
    for (int age = 20; age < 24; age++) {
      for (String district : DISTRICTS) {
        int spend = 100 * age + DISTRICTS.indexOf(district);
        fixture.person(age, "f", "low", district, spend, "a");
      }
    }
    fixture.write();
  }

  @Test
  void ofOtherClassesTellOfSinglePersons(SparkSession spark) {
    assertThat(classes(spark, 1, PLACES).values()).hasSize(16).containsOnly(1L);
  }

  @Test
  void ofTheSameClassesTellOfNoFewerThanEach(SparkSession spark) {
    String same =
        AGES.replace("ages", "same")
            .replace("spend_90d: i", "income_band: sensitive, spend_90d: i");
    assertThat(classes(spark, 2, same).values()).hasSize(4).containsOnly(4L);
  }

  /** Persons by the classes of both that they are in. */
  private static Map<String, Long> classes(SparkSession spark, int run, String other) {
    StageReport report = new ExportStage().run(fixture.workspace(run, AGES, other));
    String name = CellFixture.export(other).name();
    Map<String, String> ages = bySpend(spark, report.outputs().get("ages"));
    return bySpend(spark, report.outputs().get(name)).entrySet().stream()
        .collect(groupingBy(row -> row.getValue() + ages.get(row.getKey()), counting()));
  }

  private static Map<String, String> bySpend(SparkSession spark, String release) {
    return spark
        .read()
        .option("pathGlobFilter", "part-*") // not the manifest
        .json(release)
        .collectAsList()
        .stream()
        .collect(
            toMap(
                row -> row.getAs("spend_90d").toString(),
                row -> row.getAs("age") + ", " + row.getAs("place") + "; "));
  }
}
