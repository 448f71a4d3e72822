package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.lake.Lake;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Writes the result: files whose names, order and contents depend on the released rows alone, so
 * that nothing tells in which order or part of the table a row was.
 *
 * @param folder they are written to
 */
record OutputFiles(
    String folder, String format, Map<String, String> options, Integer files, Lake lake) {
  private static final String ORDER = "segumento_order";
  private static final Field START = Field.required("segumento_start", DataTypes.LongType);
  private static final String PART = "part-";
  private static final long PIECE = 4096;
  private static final long ROWS_A_FILE = 500_000;
  private static final long MOST_FILES = 200;

  static OutputFiles of(AnonymizeSpec spec, SpecPaths paths, Lake lake) {
    AnonymizeSpec.Output output = spec.output();
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (output.format() == AnonymizeSpec.TableFormat.CSV) {
      options.put("header", "true");
      if (spec.input().format() == AnonymizeSpec.TableFormat.CSV) {
        options.putAll(spec.input().options()); // the same dialect as it was read in
      }
    }
    options.putAll(output.options());
    // A text without its blanks may be another one.
    options.put("ignoreLeadingWhiteSpace", "false");
    options.put("ignoreTrailingWhiteSpace", "false");
    refuseInput(spec, paths);
    return new OutputFiles(
        paths.uri(output.path()),
        output.format().name().toLowerCase(Locale.ROOT),
        output.format() == AnonymizeSpec.TableFormat.CSV ? CsvDialect.of(options) : options,
        output.files(),
        lake);
  }

  // The files of an earlier run go; the table must not be among them.
  private static void refuseInput(AnonymizeSpec spec, SpecPaths paths) {
    String input = plain(paths.uri(spec.input().path()));
    String output = plain(paths.uri(spec.output().path()));
    if (input.startsWith(output) || output.startsWith(input)) {
      throw ConfigException.invalid(
          "output.path", spec.output().path(), "a folder apart from the input's");
    }
  }

  private static String plain(String uri) {
    return URI.create(uri.replace(" ", "%20")).normalize().toString().replaceFirst("/*$", "/");
  }

  /**
   * Replaces the files of an earlier run.
   *
   * @param size how many rows there are
   */
  void write(Dataset<Row> rows, long size) {
    save(ordered(rows, rows.columns(), size).drop(ORDER));
  }

  /**
   * The same of rows that are written as often as {@link Combinations#ROWS} says, which is not
   * written.
   *
   * @param size how many rows that makes
   */
  void writeCounted(Dataset<Row> rows, long size) {
    String[] columns = rows.drop(Combinations.ROWS.name()).columns();
    Column[] all = Arrays.stream(columns).map(InputTable::column).toArray(Column[]::new);
    Dataset<Row> each =
        rows.groupBy(all).agg(Combinations.ROWS.as(functions.sum(Combinations.ROWS.col())));
    // In pieces, as one row may stand for more than an array can hold.
    Column starts =
        functions.sequence(functions.lit(1L), Combinations.ROWS.col(), functions.lit(PIECE));
    Column here =
        functions
            .least(functions.lit(PIECE), Combinations.ROWS.col().minus(START.col()).plus(1))
            .cast(DataTypes.IntegerType);
    save(
        ordered(each, columns, size)
            .withColumn(START.name(), functions.explode(starts))
            .withColumn(
                START.name(), functions.explode(functions.array_repeat(functions.lit(1), here)))
            .select(all));
  }

  /**
   * The same of rows that come in their order.
   *
   * @param size how many there are
   */
  void writeOrdered(ResultRows rows, long size) {
    save(rows.ordered(parts(size), size));
  }

  private int parts(long size) {
    return files == null ? (int) Math.min(MOST_FILES, 1 + size / ROWS_A_FILE) : files;
  }

  private Dataset<Row> ordered(Dataset<Row> rows, String[] columns, long size) {
    Column order =
        functions.xxhash64(Arrays.stream(columns).map(InputTable::column).toArray(Column[]::new));
    return rows.withColumn(ORDER, order.cast(DataTypes.LongType))
        .repartition(parts(size), functions.col(ORDER))
        .sortWithinPartitions(ORDER);
  }

  private void save(Dataset<Row> rows) {
    for (String name : lake.objects().names(folder)) {
      if (name.startsWith(PART)) {
        lake.objects().delete(folder.replaceFirst("/+$", "") + "/" + name);
      }
    }
    rows.write().format(format).options(options).mode("append").save(folder);
  }

  /** Delta tables are made by ingestion alone. */
  OutputFiles {
    if (format.equals("delta")) {
      throw ConfigException.invalid("output.format", format, "one of csv, parquet, json");
    }
    options = Map.copyOf(options);
  }
}
