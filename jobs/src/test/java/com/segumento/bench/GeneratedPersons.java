package com.segumento.bench;

import com.segumento.lake.Sessions;
import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Made-up persons for the benchmark of {@code anonymize}: one row each, eight quasi-identifiers, a
 * sensitive attribute; skewed as real ones are, and tied together by age. Postal codes are those of
 * the shipped reference, under the districts and states they are in. Arguments: persons, the folder
 * for the table and its hierarchies, the format.
 */
public final class GeneratedPersons {
  /** Hierarchies by quasi-identifier, in the order in which more of them are asked for. */
  static final Map<String, String> QUASI = quasi();

  static final String SENSITIVE = "illness";

  private static final List<String> EDUCATION =
      List.of(
          "none;school;*",
          "primary;school;*",
          "middle;school;*",
          "secondary;school;*",
          "higher secondary;school;*",
          "certificate;training;*",
          "diploma;training;*",
          "bachelor of arts;degree;*",
          "bachelor of science;degree;*",
          "bachelor of commerce;degree;*",
          "engineer;degree;*",
          "physician;degree;*",
          "lawyer;degree;*",
          "master of arts;degree;*",
          "master of science;degree;*",
          "doctor;degree;*");
  private static final List<String> MARITAL =
      List.of(
          "never married;alone;*",
          "married;together;*",
          "divorced;alone;*",
          "separated;alone;*",
          "widowed;alone;*",
          "remarried;together;*",
          "living together;together;*");
  private static final List<String> GENDER = List.of("f;*", "m;*", "x;*");

  private GeneratedPersons() {}

  private static Map<String, String> quasi() {
    Map<String, String> quasi = new LinkedHashMap<>();
    quasi.put("age", "{intervals: {from: 0, widths: [5, 10, 20]}}");
    quasi.put("gender", "gender.csv");
    quasi.put("pincode", "pincode.csv");
    quasi.put("education", "education.csv");
    quasi.put("marital", "marital.csv");
    quasi.put("occupation", "occupation.csv");
    quasi.put("income", "{intervals: {from: 0, widths: [5, 10, 50]}}");
    quasi.put("household", "{intervals: {from: 1, widths: [2, 4]}}");
    return quasi;
  }

  public static void main(String[] arguments) throws IOException {
    long persons = Long.parseLong(arguments[0]);
    Path folder = Path.of(arguments[1]);
    Files.write(folder.resolve("gender.csv"), GENDER);
    Files.write(folder.resolve("education.csv"), EDUCATION);
    Files.write(folder.resolve("marital.csv"), MARITAL);
    Files.write(folder.resolve("occupation.csv"), occupations());
    List<String> places = places();
    Files.write(folder.resolve("pincode.csv"), places);
    SparkSession spark = Sessions.configure(SparkSession.builder()).getOrCreate();
    Dataset<Row> rows = rows(spark, persons, places);
    rows.write()
        .format(arguments[2])
        .option("header", "true")
        .save(folder.resolve("persons." + arguments[2]).toString());
    spark.stop();
  }

  /** {@code power} above 1 makes the first of the values frequent and the last rare. */
  private static Column drawn(String seed, List<String> lines, double power) {
    Column[] values =
        lines.stream()
            .map(line -> functions.lit(line.substring(0, line.indexOf(';'))))
            .toArray(Column[]::new);
    return functions.get(
        functions.array(values),
        functions
            .floor(functions.pow(uniform(seed), functions.lit(power)).multiply(values.length))
            .cast("int"));
  }

  /** A number from 0 to 1 that depends on the person alone. */
  private static Column uniform(String seed) {
    return functions
        .pmod(functions.xxhash64(functions.col("id"), functions.lit(seed)), functions.lit(1L << 40))
        .divide((double) (1L << 40));
  }

  private static Dataset<Row> rows(SparkSession spark, long persons, List<String> places) {
    Column age =
        functions.floor(
            uniform("age").plus(uniform("age too")).plus(uniform("and age")).multiply(30).plus(8));
    Column marital =
        functions
            .when(age.lt(18), functions.lit("never married"))
            .when(age.lt(25).and(uniform("single").lt(0.8)), functions.lit("never married"))
            .when(age.lt(60).and(uniform("single").lt(0.7)), functions.lit("married"))
            .otherwise(drawn("marital", MARITAL, 1.5));
    Column education =
        functions
            .when(age.lt(16), drawn("education", EDUCATION.subList(0, 4), 1))
            .otherwise(drawn("education", EDUCATION, 1.6));
    return spark
        .range(persons)
        .select(
            age.cast("int").as("age"),
            drawn("gender", List.of("f;", "m;", "f;", "m;", "f;", "m;", "x;"), 1.2).as("gender"),
            pincode(spark, places).as("pincode"),
            education.as("education"),
            marital.as("marital"),
            drawn("occupation", occupations(), 1.8).as("occupation"),
            functions
                .floor(functions.pow(uniform("income"), functions.lit(4)).multiply(200))
                .cast("int")
                .as("income"),
            functions
                .floor(functions.pow(uniform("household"), functions.lit(2)).multiply(9).plus(1))
                .cast("int")
                .as("household"),
            drawn("illness", illnesses(), 2.5).as(SENSITIVE));
  }

  /** Few postal codes have many of the persons. */
  private static Column pincode(SparkSession spark, List<String> places) {
    String[] codes = places.stream().map(line -> line.substring(0, 6)).toArray(String[]::new);
    var all =
        org.apache.spark.api.java.JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(codes);
    var lookUp =
        functions.udf(
            (Double u) -> all.value()[(int) (Math.pow(u, 3) * all.value().length)],
            org.apache.spark.sql.types.DataTypes.StringType);
    return lookUp.apply(uniform("pincode"));
  }

  private static List<String> occupations() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lines.add("occupation " + i + ";group " + i / 5 + ";sector " + i / 10 + ";*");
    }
    return lines;
  }

  private static List<String> illnesses() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      lines.add("illness " + i + ";*");
    }
    return lines;
  }

  /** One line a postal code, in an order that has nothing to do with place. */
  private static List<String> places() throws IOException {
    Map<String, String> lines = new HashMap<>();
    List<String> table = Files.readAllLines(Repository.path("conf/reference/pincodes.csv"));
    for (String line : table.subList(1, table.size())) {
      String[] cells = line.split(",", -1);
      String district = cells[1] + ", " + cells[2];
      lines.putIfAbsent(cells[0], String.join(";", cells[0], district, cells[2], "India", "*"));
    }
    return lines.values().stream()
        .sorted(java.util.Comparator.comparing(String::hashCode))
        .toList();
  }
}
