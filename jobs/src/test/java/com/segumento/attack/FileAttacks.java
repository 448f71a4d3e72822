package com.segumento.attack;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.segumento.lake.ParquetFooters;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;

/**
 * Attacks on what files say besides their rows.
 *
 * @param without a night without the persons who are too few to be published
 * @param with the same night with them
 * @param folder for files that are made with no care
 */
record FileAttacks(SparkSession spark, Night without, Night with, Path folder) {
  private static final StructType ROWS =
      new StructType().add("gender", DataTypes.StringType).add("spend", DataTypes.IntegerType);

  List<Attack> all() throws IOException {
    return List.of(bands(), rowOrder(), footers(), namesAndSizes());
  }

  private Attack bands() throws IOException {
    return new Attack(
        "Suppressed-band reading",
        "compares what manifests say of withheld cells, with four persons of a rare gender and"
            + " without them",
        Learned.of(withheld(with) - withheld(without), "cell withheld", "cells withheld"),
        differing(manifests(without), manifests(with)),
        "bands that hold many cells each; the lowest holds none, too");
  }

  private static int withheld(Night night) {
    return Math.toIntExact(night.report().counts().get("cells_withheld"));
  }

  private static Map<String, String> manifests(Night night) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (String export : List.of(Night.CELLS, Night.RECORDS)) {
      String text = Night.files(night.release(export)).get("manifest.json");
      text.lines().forEach(line -> lines.merge(export + line, "1", (one, more) -> one + more));
    }
    return lines;
  }

  private static Learned differing(Map<String, String> one, Map<String, String> other) {
    Set<Map.Entry<String, String>> apart = new HashSet<>(one.entrySet());
    apart.removeAll(other.entrySet());
    Set<Map.Entry<String, String>> more = new HashSet<>(other.entrySet());
    more.removeAll(one.entrySet());
    return Learned.of(apart.size() + more.size(), "difference", "differences");
  }

  private Attack rowOrder() throws IOException {
    List<List<String>> arrived =
        with.population().persons().stream()
            .map(person -> List.of(person.gender(), person.income(), "" + person.spend()))
            .toList();
    return new Attack(
        "Row order",
        "knows in which order persons came, and takes the rows for theirs one after another where"
            + " they are not in the order of their values",
        outOfOrder(arrived),
        outOfOrder(CsvRows.read(with.file(Night.LOOSE))),
        "rows are sorted by all columns");
  }

  /** All rows, where they are not where their values, as text, put them. */
  private static Learned outOfOrder(List<List<String>> rows) {
    Comparator<List<String>> order = Comparator.comparing(row -> String.join("\0", row));
    boolean tells = !rows.equals(rows.stream().sorted(order).toList());
    return Learned.of(tells ? rows.size() : 0, "person's row", "persons' rows");
  }

  private Attack footers() throws IOException {
    String naive = folder.resolve("footers").toString();
    Metadata labels =
        Metadata.fromJson(
            "{\"ml_attr\":{\"vals\":[\"f\",\"m\",\""
                + Population.RARE
                + "\"],\"type\":\"nominal\"}}");
    large()
        .withColumn("gender", col("gender").as("gender", labels))
        .coalesce(1)
        .write()
        .parquet(naive);
    return new Attack(
        "Parquet footers and statistics",
        "reads notes, statistics and bytes of a file for labels that are in no row of it",
        hidden(Path.of(URI.create(spark.read().parquet(naive).inputFiles()[0]))),
        hidden(with.file(Night.CELLS)),
        "columns without notes are written, and the gate reads the footers");
  }

  /** Genders of at least k persons, with how many there are. */
  private Dataset<Row> large() {
    return genders(with).filter(col("persons").geq(World.K));
  }

  private Dataset<Row> genders(Night night) {
    List<Row> rows =
        night.population().persons().stream()
            .map(person -> RowFactory.create(person.gender(), person.spend()))
            .toList();
    return spark.createDataFrame(rows, ROWS).groupBy("gender").agg(count(lit(1)).as("persons"));
  }

  private Learned hidden(Path file) throws IOException {
    String rows = spark.read().parquet(file.toString()).collectAsList().toString();
    String said = all(file);
    List<String> labels =
        List.of("f", "m", Population.RARE, Population.REPEATED, Population.NOBODY, "unknown");
    long hidden =
        labels.stream()
            .filter(label -> label.length() > 1)
            .filter(label -> said.contains(label) && !rows.contains(label))
            .count();
    return Learned.of(Math.toIntExact(hidden), "label of few", "labels of few");
  }

  /** Bytes of a file, its notes, and the least and greatest values in its statistics. */
  private String all(Path file) throws IOException {
    StringBuilder all = new StringBuilder(Files.readString(file, StandardCharsets.ISO_8859_1));
    ParquetFooters.read(spark, List.of(file.toUri().toString()))
        .forEach(footer -> all.append(footer.columns()).append(footer.notes()));
    var input =
        HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      reader
          .getFooter()
          .getBlocks()
          .forEach(block -> block.getColumns().forEach(each -> all.append(each.getStatistics())));
    }
    return all.toString();
  }

  private Attack namesAndSizes() throws IOException {
    return new Attack(
        "File sizes and names",
        "lists what there is to pull, with and without the four, and opens nothing",
        differing(careless(without, "0"), careless(with, "1")),
        differing(listed(without), listed(with)),
        "one file of a name that says nothing, with bytes that depend on its rows only");
  }

  /** Names and sizes of files by gender, in which the numbers of few are left empty. */
  private Map<String, String> careless(Night night, String name) throws IOException {
    String naive = folder.resolve("by_gender" + name).toString();
    genders(night)
        .withColumn("persons", when(col("persons").geq(World.K), col("persons")))
        .coalesce(1)
        .write()
        .partitionBy("gender")
        .csv(naive);
    Map<String, String> sizes = new TreeMap<>();
    Night.files(Path.of(naive))
        .forEach(
            (file, bytes) ->
                sizes.merge(
                    file.replaceFirst("part-.*", "part"), "" + bytes.length(), String::concat));
    return sizes;
  }

  private static Map<String, String> listed(Night night) throws IOException {
    Map<String, String> sizes = new TreeMap<>();
    for (String export : List.of(Night.CELLS, Night.RECORDS)) {
      Night.files(night.release(export))
          .forEach((file, bytes) -> sizes.put(export + "/" + file, "" + bytes.length()));
    }
    return sizes;
  }
}
