package com.segumento.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import com.segumento.model.DataContractException;
import com.segumento.model.PrivacyRefused;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class AnonymizeRefusalsTest {
  private static final String GOOD =
      """
      input: {path: people.csv, format: csv, options: {header: true, sep: ";"}}
      attributes:
        age: {role: quasi, hierarchy: {intervals: {widths: [10, 20]}}}
        city: {role: quasi, hierarchy: city.csv}
        illness: {role: sensitive}
      privacy: {k: 2}
      output: {path: out, format: csv}
      """;

  private static final String JSON =
      GOOD.replace(
          "people.csv, format: csv, options: {header: true, sep: \";\"}",
          "people.json, format: json");

  @TempDir private Path folder;

  static Stream<Arguments> specifications() {
    return Stream.of(
        Arguments.of(
            "k: 2", "k: 1", "spec.yaml:6:14 privacy.k: 1. Expected a whole number of at least 2."),
        Arguments.of(
            "k: 2",
            "k: 8",
            "Invalid setting privacy.k: 8. Expected at most 7, the number of persons in the table,"
                + " unless privacy.suppression_limit is 1."),
        Arguments.of(
            "k: 2",
            "k: 2, suppression_limit: 1.5",
            "spec.yaml:6:36 privacy.suppression_limit: 1.5. Expected at most 1."),
        Arguments.of(
            "k: 2",
            "k: 2, suppression_limit: -0.1",
            "spec.yaml:6:36 privacy.suppression_limit: -0.1. Expected a number from 0 to 1."),
        Arguments.of(
            "  illness: {role: sensitive}",
            "  illness: {role: sensitive}\n  city: {role: sensitive}",
            "spec.yaml:6:3 attributes.city: is given twice, first in line 4. Keep one of them."),
        Arguments.of(
            "k: 2",
            "k: 2, t: {attribute: age, max: 0.2}",
            "spec.yaml:6:17 privacy.t[0].attribute: \"age\". Expected an attribute whose role is"
                + " sensitive, not quasi."),
        Arguments.of(
            "k: 2",
            "k: 2, l: {attribute: city, distinct: 2}",
            "spec.yaml:6:17 privacy.l[0].attribute: \"city\". Expected an attribute whose role is"
                + " sensitive, not quasi."),
        Arguments.of(
            "k: 2",
            "k: 2, t: {attribute: illness, max: 0.2, distance: hierarchical}",
            "spec.yaml:5:3 attributes.illness.hierarchy: is missing. Expected one, which"
                + " hierarchical distances are made of."),
        Arguments.of(
            "  city: {role: quasi, hierarchy: city.csv}\n",
            "  city: {role: quasi}\n",
            "spec.yaml:4:3 attributes.city.hierarchy: is missing. Expected a hierarchy for each"
                + " attribute whose role is quasi."),
        Arguments.of(
            "city.csv",
            "towns.csv",
            "The hierarchy file towns.csv of city is not there. Check attributes.city.hierarchy."),
        Arguments.of(
            "city.csv",
            "short.csv",
            "Attribute city has 3 rows with a value that its hierarchy does not know (nor does it"
                + " know an empty value). Add a line for each such value, or correct the rows."),
        Arguments.of(
            "city.csv",
            "ragged.csv",
            "Invalid hierarchy of city, line 2: it has 2 columns. Expected 3, as line 1 has."),
        Arguments.of(
            "city.csv",
            "split.csv",
            "Invalid hierarchy of city, line 2: level 2 splits what level 1 joined. Expected one"
                + " label above each label."),
        Arguments.of(
            "age: {role",
            "years: {role",
            "The table people.csv has no column years. Its columns are: token, age, city, illness."
                + " Check attributes, person and input.options (header, sep)."),
        Arguments.of(
            "widths: [10, 20]",
            "from: 30, widths: [10]",
            "Attribute age has 3 distinct values that are no numbers of at least 30. Correct them,"
                + " or choose another hierarchy."),
        Arguments.of(
            "people.csv",
            "empty.csv",
            "The table empty.csv has no rows, so there is nothing to anonymize. Check"
                + " input.path."),
        Arguments.of(
            "people.csv",
            "nothing.csv",
            "The table nothing.csv is empty: it has no columns. Check input.path."),
        Arguments.of(
            "format: csv, options: {header: true, sep: \";\"}",
            "format: parquet",
            "The table people.csv can't be read as parquet. Check input.path, input.format and"
                + " input.options."),
        Arguments.of(
            "people.csv",
            "nowhere.csv",
            "The table nowhere.csv can't be read as csv. Check input.path, input.format and"
                + " input.options."));
  }

  private Specs specs() {
    return new Specs(folder)
        .people()
        .file("empty.csv", "token;age;city;illness")
        .file("nothing.csv")
        .file("short.csv", "Agra;north;*", "Leh;north;*")
        .file("ragged.csv", "Agra;north;*", "Leh;north", "Pune;west;*")
        .file("split.csv", "Agra;north;hill", "Leh;north;plain", "Pune;west;plain");
  }

  @ParameterizedTest
  @MethodSource("specifications")
  void refusesWhatIsWrongAndWritesNothing(
      String from, String to, String message, SparkSession spark) {
    Specs specs = specs();

    assertThatThrownBy(() -> specs.run(spark, GOOD.replace(from, to)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"false, 1 line", "true, 2 lines"})
  void refusesATableWithRaggedLines(boolean longOne, String lines, SparkSession spark) {
    Specs specs = specs();
    String secret = "4711-of-the-ragged-row";
    specs.file(
        "people.csv",
        "token;age;city;illness",
        "a;21;Pune;flu",
        "b;22;" + secret,
        "c;23;Pune;cold",
        longOne ? "d;31;Pune;cold;" + secret : "d;31;Pune;cold");

    assertThatThrownBy(() -> specs.run(spark, GOOD))
        .isInstanceOf(DataContractException.class)
        .hasMessage(
            "The table people.csv has "
                + lines
                + " without a field for each of its columns. Nothing was written. Correct them,"
                + " check input.options (sep, quote, escape), or say by input.options.mode what"
                + " Spark shall do with such lines: DROPMALFORMED leaves them out.")
        .hasNoCause();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void leavesRaggedLinesToSparkWhereAModeIsGiven(SparkSession spark) {
    Specs specs = specs();
    specs.file(
        "people.csv", "token;age;city;illness", "a;21;Pune;flu", "b;22;Pune;flu", "c;23", "d");

    AnonymizeReport report =
        specs.run(spark, GOOD.replace("header: true", "header: true, mode: DROPMALFORMED"));
    assertThat(report.figures().get("rows")).isEqualTo(2L);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"age\":21,\"city\":\"Pune\",\"illness\":\"flu\"}|1 line that JSON does not know",
        "[21|no line that is JSON"
      })
  void refusesATableWithBrokenJson(String whole, String what, SparkSession spark) {
    Specs specs = specs();
    String secret = "4711-of-the-broken-row";
    specs.file("people.json", whole, "{\"age\":22,\"city\":\"" + secret);

    assertThatThrownBy(() -> specs.run(spark, JSON))
        .isInstanceOf(DataContractException.class)
        .hasMessage(
            "The table people.json has "
                + what
                + ". Nothing was written. Correct them, check input.options (multiLine), or say by"
                + " input.options.mode what Spark shall do with such lines: DROPMALFORMED leaves"
                + " them out.")
        .hasNoCause();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void readsTablesOfOtherSystems(SparkSession spark) {
    Specs specs = specs();
    specs.file(
        "people.csv",
        "\uFEFFtoken;age;city;illness\r",
        "a;21;Pune;flu\r",
        "b;22;Pune;\"flu\"\r",
        "\r",
        "c;23;Pune;\"a \"\"common\"\"; cold\"\r");

    AnonymizeReport report = specs.run(spark, GOOD);
    assertThat(report.figures().get("rows")).isEqualTo(3L);
    assertThat(specs.rows())
        .containsExactly(
            "[20, 30);Pune;\"a \"\"common\"\"; cold\"", "[20, 30);Pune;flu", "[20, 30);Pune;flu");
  }

  @Test
  void refusesModelsNoGeneralizationKeeps(SparkSession spark) {
    Specs specs = specs();

    assertThatThrownBy(
            () ->
                specs.run(
                    spark, GOOD.replace("k: 2", "k: 2, l: {attribute: illness, distinct: 4}")))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessage(
            "No generalization of the table keeps what privacy asks for with at most 0 of 7 rows"
                + " suppressed. Raise privacy.suppression_limit, ask for less, or give hierarchies"
                + " with more levels.");
  }
}
