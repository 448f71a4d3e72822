package com.segumento.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.segumento.lake.Lake;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.PrivacyRefused;
import com.segumento.reference.ReferenceLoad;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is unusual and has a defined result. */
@ExtendWith(SparkExtension.class)
class AnonymizeEdgesTest {
  private static final String ONE =
      """
      input: {path: people.csv, format: csv, options: {header: true, sep: ";"}}
      attributes:
        city: {role: quasi, hierarchy: %s}
      privacy: {k: %d, suppression_limit: %s}
      output: {path: out, format: csv}
      """;

  private static final String PARQUET =
      """
      input: {path: people.parquet, format: parquet}
      attributes:
        %s: {role: quasi, hierarchy: %s}
        %s: {role: insensitive}
      privacy: {k: 3}
      output: {path: out, format: parquet}
      """;

  @TempDir private Path folder;

  private Specs specs() {
    return new Specs(folder)
        .people()
        .file("flat.csv", "Agra", "Leh", "Pune")
        .file("blank.csv", ";*");
  }

  @Test
  void aHierarchyOfOneLevelLeavesOnlySuppression(SparkSession spark) {
    Specs specs = specs();

    Map<String, Object> figures = specs.run(spark, ONE.formatted("flat.csv", 2, 0.5)).figures();

    assertThat(figures).containsEntry("levels", Map.of("city", 0)).containsEntry("suppressed", 1L);
    assertThat(specs.rows()).containsExactly("Agra", "Agra", "Agra", "Pune", "Pune", "Pune");
    assertThatThrownBy(() -> specs.run(spark, ONE.formatted("flat.csv", 2, 0)))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessage(
            "No generalization of the table keeps what privacy asks for with at most 0 of 7 rows"
                + " suppressed. Raise privacy.suppression_limit, ask for less, or give hierarchies"
                + " with more levels.");
  }

  @Test
  void aColumnWithoutAnyValueIsOneClassWhereItsHierarchyKnowsNone(SparkSession spark) {
    Specs specs = specs().file("people.csv", "city;token", ";a", ";b", ";c");

    Map<String, Object> figures = specs.run(spark, ONE.formatted("blank.csv", 3, 0)).figures();

    assertThat(figures)
        .containsEntry("levels", Map.of("city", 0))
        .containsEntry("classes", 1L)
        .containsEntry("min_class", 3L);
    assertThatThrownBy(() -> specs.run(spark, ONE.formatted("flat.csv", 3, 0)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Attribute city has 3 rows with a value that its hierarchy does not know (nor does it"
                + " know an empty value). Add a line for each such value, or correct the rows.");
  }

  @Test
  void theLimitCountsRowsAndKCountsPersons(SparkSession spark) {
    Specs specs =
        specs()
            .file(
                "people.csv",
                "token;city",
                "a;Pune",
                "a;Pune",
                "b;Pune",
                "c;Leh",
                "c;Leh",
                "c;Leh");
    String yaml = ONE.replace("attributes:", "person: token\nattributes:");

    Map<String, Object> figures = specs.run(spark, yaml.formatted("flat.csv", 2, 0.5)).figures();

    assertThat(figures)
        .containsEntry("suppressed", 3L) // rows, of one person
        .containsEntry("min_class", 2L) // persons, of three rows
        .containsEntry("max_class", 2L);
    assertThatThrownBy(() -> specs.run(spark, yaml.formatted("flat.csv", 2, 0.49)))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith(
            "No generalization of the table keeps what privacy asks for with at most 2 of 6 rows");
  }

  @Test
  void textsThatAreEmptyWithoutBeingNullStayApartFromThoseThatAreNull(SparkSession spark) {
    spark
        .createDataFrame(
            List.of(
                RowFactory.create("Pune", ""),
                RowFactory.create("Pune", null),
                RowFactory.create("Pune", "flu")),
            Field.schema(
                Field.optional("city", DataTypes.StringType),
                Field.optional("illness", DataTypes.StringType)))
        .write()
        .parquet(folder.resolve("people.parquet").toString());

    specs()
        .run(
            spark,
            """
            input: {path: people.parquet, format: parquet}
            attributes:
              city: {role: quasi, hierarchy: flat.csv}
              illness: {role: sensitive}
            privacy: {k: 3}
            output: {path: out, format: parquet}
            """);

    assertThat(spark.read().parquet(folder.resolve("out").toString()).collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("Pune", ""),
            RowFactory.create("Pune", null),
            RowFactory.create("Pune", "flu"));
  }

  @Test
  void placesGoUpByTheTableThatReferenceLoadMakes(SparkSession spark) {
    Lake lake = Lake.open(spark, folder.resolve("lake").toUri().toString());
    ReferenceLoad.load(
        spark,
        lake,
        "places",
        Repository.path("conf/reference").toString(),
        LocalDate.of(2011, 1, 1),
        "test");
    String yaml =
        """
        input: {path: people.csv, format: csv, options: {header: true}}
        attributes:
          pincode: {role: quasi, hierarchy: {places: lake/reference/places}}
        privacy: {k: 2, suppression_limit: %s}
        output: {path: out, format: csv, options: {sep: ";"}}
        """;
    Specs specs =
        specs()
            .file(
                "people.csv",
                "pincode,x",
                "302001,1",
                "302002,2",
                "305001,2",
                "305002,2",
                "411001,3",
                "411002,4",
                ",5",
                ",6");

    assertThat(specs.run(spark, yaml.formatted(0)).figures())
        .containsEntry("lattice_size", 6L)
        .containsEntry("levels", Map.of("pincode", 1));
    assertThat(specs.rows())
        .containsExactly(
            "\"\"",
            "\"\"",
            "Ajmer, Rajasthan",
            "Ajmer, Rajasthan",
            "Jaipur, Rajasthan",
            "Jaipur, Rajasthan",
            "Pune, Maharashtra",
            "Pune, Maharashtra");
    specs.file("people.csv", "pincode,x", "110001,1", "000000,2", "999999,3");
    assertThatThrownBy(() -> specs.run(spark, yaml.formatted(0)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Attribute pincode has 2 distinct values that are in no place of the table of places."
                + " Correct them, or choose another hierarchy.");
  }

  /** A table of one column and a note beside each value. */
  private void parquet(SparkSession spark, String column, DataType type, Object... values) {
    List<Row> rows = Stream.of(values).map(value -> RowFactory.create(value, "note")).toList();
    spark
        .createDataFrame(
            rows,
            Field.schema(
                Field.optional(column, type), Field.optional("note", DataTypes.StringType)))
        .write()
        .parquet(folder.resolve("people.parquet").toString());
  }

  @Test
  void zeroHasOneSignOnly(SparkSession spark) {
    parquet(spark, "x", DataTypes.DoubleType, 0.0, 0.0, 0.0, -0.0, 1.0, 1.0, 1.0);

    specs().run(spark, PARQUET.formatted("x", "{intervals: {from: 0, widths: [5]}}", "note"));

    assertThat(spark.read().parquet(folder.resolve("out").toString()).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("0.0", "0.0", "0.0", "0.0", "1.0", "1.0", "1.0");
  }

  @Test
  void aQuasiIdentifierThatIsEmptyIsWrittenAsOneThatIsMissing(SparkSession spark) {
    parquet(spark, "city", DataTypes.StringType, null, null, null, "");

    specs().run(spark, PARQUET.formatted("city", "blank.csv", "note"));

    assertThat(spark.read().parquet(folder.resolve("out").toString()).distinct().collectAsList())
        .containsExactly(RowFactory.create(null, "note"));
  }

  @Test
  void blanksThatTellSensitiveValuesApartAreWritten(SparkSession spark) {
    Specs specs =
        specs().file("people.csv", "city;illness", "Pune;flu", "Pune;\"flu \"", "Pune;flu");
    specs.run(
        spark,
        """
        input: {path: people.csv, format: csv, options: {header: true, sep: ";"}}
        attributes:
          city: {role: quasi, hierarchy: flat.csv}
          illness: {role: sensitive}
        privacy: {k: 3, l: {attribute: illness, distinct: 2}}
        output: {path: out, format: csv}
        """);

    assertThat(specs.rows()).hasSize(3).filteredOn(row -> row.contains("flu ")).hasSize(1);
  }

  @Test
  void theResultNeverTakesThePlaceOfTheTable(SparkSession spark) {
    Specs specs = specs();
    String yaml = ONE.replace("path: out", "path: ./people.csv/");
    assertThatThrownBy(() -> specs.run(spark, yaml.formatted("flat.csv", 2, 0.5)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("output.path")
        .hasMessageContaining("a folder apart from the input's");
    assertThat(folder.resolve("people.csv")).isNotEmptyFile();
  }

  @Test
  void everythingSuppressedLosesAll(SparkSession spark) {
    Specs specs = specs();

    Map<String, Object> figures = specs.run(spark, ONE.formatted("city.csv", 8, 1)).figures();

    assertThat(figures)
        .containsEntry("suppressed", 7L)
        .containsEntry("classes", 0L)
        .containsEntry("avg_class", 0.0);
    assertThat((double) figures.get("information_loss")).isCloseTo(1, within(1e-12));
    assertThat(specs.rows()).isEmpty();
  }
}
