package com.segumento.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class AnonymizeJobTest {
  private static final Path ARX = Repository.path("jobs/src/test/resources/arx");
  private static final String PEOPLE =
      """
      input: {path: people.csv, format: csv, options: {header: true, sep: ";"}}
      person: %s
      attributes:
        age: {role: quasi, hierarchy: {intervals: {from: 0, widths: [10, 20]}}}
        city: {role: quasi, hierarchy: city.csv}
        illness: {role: sensitive}
        token: {role: identifying}
      privacy: {k: %d, suppression_limit: %s}
      output: {path: out/, format: csv, suppressed: %s}
      report: out/report.json
      """;

  @TempDir private Path folder;

  private static String adult(String privacy, String limits) {
    StringBuilder yaml =
        new StringBuilder(
            "input: {path: %s/adult.csv, format: csv, options: {header: \"true\", sep: \";\"}}\n"
                .formatted(ARX));
    yaml.append("attributes:\n");
    for (String name :
        List.of(
            "sex",
            "age",
            "race",
            "marital-status",
            "education",
            "native-country",
            "workclass",
            "occupation",
            "salary-class")) {
      yaml.append(
          "  %s: {role: quasi, hierarchy: %s/adult_hierarchy_%s.csv}\n".formatted(name, ARX, name));
    }
    return yaml.append("privacy: ").append(privacy).append('\n').append(limits).toString()
        + """
        output: {path: out, format: parquet}
        report: report.json
        """;
  }

  @Test
  void findsTheOptimumThatArxFindsAndWritesWhatItPromises(SparkSession spark) {
    Specs specs = new Specs(folder);

    Map<String, Object> figures =
        specs.run(spark, adult("{k: 5, suppression_limit: 0.02}", "")).figures();

    assertThat((double) figures.get("information_loss"))
        .isCloseTo(0.3137130352819242, within(1e-9));
    assertThat(figures)
        .containsEntry("rows", 30162L)
        .containsEntry("persons", 30162L)
        .containsEntry("optimal", true)
        .containsEntry("lattice_size", 12960L);
    Dataset<Row> result = spark.read().parquet(folder.resolve("out").toString());
    long suppressed = (long) figures.get("suppressed");
    assertThat(result.count()).isEqualTo(30162 - suppressed);
    Dataset<Row> classes = classes(result);
    assertThat(classes.count()).isEqualTo(figures.get("classes"));
    assertThat(classes.agg(functions.min("count"), functions.max("count")).first())
        .isEqualTo(
            org.apache.spark.sql.RowFactory.create(
                figures.get("min_class"), figures.get("max_class")));
    assertThat(specs.names("out")).containsExactly("part-00000-c000.zstd.parquet");
  }

  @Test
  void givesUpTheOptimumButNotTheGuaranteesWhereMemoryIsShort(SparkSession spark) {
    Map<String, Object> figures =
        new Specs(folder)
            .run(spark, adult("{k: 5, suppression_limit: 0.02}", "limits: {memory: 1048576}\n"))
            .figures();

    assertThat(figures).containsEntry("optimal", false);
    assertThat((double) figures.get("least_possible_loss"))
        .isLessThanOrEqualTo(0.3137130352819242 + 1e-9);
    assertThat((double) figures.get("information_loss"))
        .isGreaterThanOrEqualTo(0.3137130352819242 - 1e-9);
    Dataset<Row> result = spark.read().parquet(folder.resolve("out").toString());
    assertThat(classes(result).filter("count < 5").count()).isZero();
    assertThat(result.count()).isEqualTo(30162 - (long) figures.get("suppressed"));
  }

  private static Dataset<Row> classes(Dataset<Row> rows) {
    Column[] columns =
        java.util.Arrays.stream(rows.columns())
            .map(name -> functions.col("`" + name + "`"))
            .toArray(Column[]::new);
    return rows.groupBy(columns).count();
  }

  @Test
  void dropsSuppressedRowsAndIdentifyingColumns(SparkSession spark) {
    Specs specs = new Specs(folder).people();

    Map<String, Object> figures =
        specs.run(spark, PEOPLE.formatted("row", 3, 0.2, "drop")).figures();

    assertThat(specs.rows())
        .containsExactly(
            "[20, 30);Pune;cold",
            "[20, 30);Pune;flu",
            "[20, 30);Pune;flu",
            "[30, 40);Agra;asthma",
            "[30, 40);Agra;cold",
            "[30, 40);Agra;flu");
    assertThat(figures)
        .containsEntry("levels", Map.of("age", 1, "city", 0))
        .containsEntry("suppressed", 1L)
        .containsEntry("classes", 2L)
        .containsEntry("min_class", 3L)
        .containsEntry("max_class", 3L)
        .containsEntry("avg_class", 3.0)
        .containsEntry("dropped_columns", List.of("token"));
    assertThat(specs.names("out"))
        .containsExactly("part-00000-c000.csv", "report.html", "report.json");
  }

  @Test
  void writesSuppressedRowsAsStarsWhereAskedTo(SparkSession spark) {
    Specs specs = new Specs(folder).people();

    specs.run(spark, PEOPLE.formatted("row", 3, 0.2, "keep"));

    assertThat(specs.rows()).hasSize(7).contains("*;*;asthma", "[20, 30);Pune;flu");
  }

  @Test
  void replacesTheFilesOfAnEarlierRunAndNothingElse(SparkSession spark) {
    Specs specs = new Specs(folder).people();
    specs.run(spark, PEOPLE.formatted("row", 3, 0.2, "drop"));
    List<String> first = specs.rows();
    specs.file("out/note.txt", "stays");

    specs.run(spark, PEOPLE.formatted("row", 3, 0.2, "drop"));

    assertThat(specs.rows()).isEqualTo(first);
    assertThat(specs.names("out"))
        .containsExactly("note.txt", "part-00000-c000.csv", "report.html", "report.json");
  }

  @Test
  void countsDistinctPersonsWhereTheyHaveSeveralRows(SparkSession spark) {
    Specs specs =
        new Specs(folder)
            .people()
            .file(
                "people.csv",
                "token;age;city;illness",
                "a;21;Pune;flu",
                "a;22;Pune;cold",
                "a;23;Pune;flu",
                "b;31;Agra;flu",
                "c;32;Agra;cold",
                ";33;Agra;cold");

    Map<String, Object> figures =
        specs.run(spark, PEOPLE.formatted("token", 2, 0.5, "drop")).figures();

    assertThat(figures)
        .containsEntry("rows", 6L)
        .containsEntry("persons", 3L)
        .containsEntry("suppressed", 3L)
        .containsEntry("min_class", 2L);
    assertThat(specs.rows())
        .containsExactly("[30, 40);Agra;cold", "[30, 40);Agra;cold", "[30, 40);Agra;flu");
  }

  @Test
  void suppressesEverythingWhereThatIsAllowedAndNothingElseWillDo(SparkSession spark) {
    Specs specs = new Specs(folder).people();

    Map<String, Object> figures =
        specs.run(spark, PEOPLE.formatted("row", 8, 1.0, "drop")).figures();

    assertThat(figures)
        .containsEntry("suppressed", 7L)
        .containsEntry("classes", 0L)
        .containsEntry("min_class", 0L);
    assertThat((double) figures.get("information_loss")).isCloseTo(1, within(1e-12));
    assertThat(specs.rows()).isEmpty();
  }
}
