package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.lake.Lake;
import com.segumento.model.DataContractException;
import com.segumento.model.Field;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads a csv table whose lines all have a field for each column, or a json table all of whose
 * lines are JSON. Spark would fill up what is short or broken with nulls and cut off what is long;
 * here whoever reads it fails, and {@link #refuse} says why. No exception holds a line. Where the
 * options name a {@code mode}, Spark does what that says.
 */
record WholeLines(SparkSession spark, Lake lake, AnonymizeSpec.Input input, String uri) {
  private static final Field BROKEN = Field.optional("segumento_broken", DataTypes.StringType);
  private static final String SIGN = "A line of the table is not whole.";

  private static final String CORRUPT = "columnNameOfCorruptRecord";

  // A csv reader that leaves columns out does not see how many there are.
  private static final Map<String, String> WHOLE = Map.of("columnPruning", "false");

  /** The table. */
  Dataset<Row> read() {
    Dataset<Row> plain = plain();
    if (!checked()) {
      return plain;
    }
    StructType columns = columns(plain);
    if (columns.isEmpty() && plain.columns().length > 0) {
      throw refused("no line that is JSON");
    }
    return marked(columns)
        .filter(
            functions
                .when(
                    BROKEN.col().isNotNull(),
                    functions.raise_error(functions.lit(SIGN)).cast(DataTypes.BooleanType))
                .otherwise(true))
        .drop(BROKEN.name());
  }

  private Dataset<Row> plain() {
    DataFrameReader reader =
        spark
            .read()
            .format(input.format().name().toLowerCase(Locale.ROOT))
            .options(WHOLE)
            .options(options());
    if (input.format() == AnonymizeSpec.TableFormat.CSV) {
      new CsvColumns(spark, lake, options()).of(uri).ifPresent(reader::schema);
    } else if (checked()) {
      reader.option(CORRUPT, BROKEN.name());
    }
    return reader.load(uri);
  }

  private Map<String, String> options() {
    return input.format() == AnonymizeSpec.TableFormat.CSV
        ? CsvDialect.of(input.options())
        : input.options();
  }

  private boolean checked() {
    return (input.format() == AnonymizeSpec.TableFormat.CSV
            || input.format() == AnonymizeSpec.TableFormat.JSON)
        && input.options().keySet().stream().noneMatch("mode"::equalsIgnoreCase);
  }

  private static StructType columns(Dataset<Row> plain) {
    return plain.drop(BROKEN.name()).schema();
  }

  /** The table, with the lines that are not whole. */
  private Dataset<Row> marked(StructType columns) {
    return spark
        .read()
        .format(input.format().name().toLowerCase(Locale.ROOT))
        .options(WHOLE)
        .options(options())
        .schema(columns.add(BROKEN.structField()))
        .option(CORRUPT, BROKEN.name())
        .load(uri);
  }

  /**
   * Says how many lines are not whole, where {@code failure} comes of one.
   *
   * @throws DataContractException where it does
   */
  void refuse(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && cause.getMessage().contains(SIGN)) {
        boolean csv = input.format() == AnonymizeSpec.TableFormat.CSV;
        throw refused(
            lines()
                + (csv ? " without a field for each of its columns" : " that JSON does not know"));
      }
    }
  }

  private DataContractException refused(String what) {
    return new DataContractException(
        "The table "
            + input.path()
            + " has "
            + what
            + ". Nothing was written. Correct them, check input.options"
            + (input.format() == AnonymizeSpec.TableFormat.CSV
                ? " (sep, quote, escape)"
                : " (multiLine)")
            + ", or say by input.options.mode what Spark shall do with such lines: DROPMALFORMED"
            + " leaves them out.");
  }

  private String lines() {
    StructType columns = columns(plain());
    Field first = Field.optional(columns.fieldNames()[0], columns.fields()[0].dataType());
    // Spark reads no table for its broken lines alone.
    Row counted =
        marked(columns).agg(functions.count(BROKEN.col()), functions.count(first.col())).first();
    return counted.getLong(0) == 1 ? "1 line" : counted.getLong(0) + " lines";
  }
}
