package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.model.DataContractException;
import com.segumento.model.Field;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads a csv table whose lines all have a field for each column. Spark would fill up a short one
 * with nulls and cut off a long one; here whoever reads it fails, and {@link #refuse} says why. No
 * exception holds a line. Where the options name a {@code mode}, Spark does what that says.
 */
record WholeLines(SparkSession spark, AnonymizeSpec.Input input, String uri) {
  private static final Field BROKEN = Field.optional("segumento_broken", DataTypes.StringType);
  private static final String SIGN = "A line of the table has too few fields or too many.";

  // A csv reader that leaves columns out does not see how many there are.
  private static final Map<String, String> WHOLE = Map.of("columnPruning", "false");

  /** The table. */
  Dataset<Row> read() {
    Dataset<Row> plain =
        spark
            .read()
            .format(input.format().name().toLowerCase(Locale.ROOT))
            .options(WHOLE)
            .options(input.options())
            .load(uri);
    return checked()
        ? marked(plain)
            .filter(
                functions
                    .when(
                        BROKEN.col().isNotNull(),
                        functions.raise_error(functions.lit(SIGN)).cast(DataTypes.BooleanType))
                    .otherwise(true))
            .drop(BROKEN.name())
        : plain;
  }

  private boolean checked() {
    return input.format() == AnonymizeSpec.TableFormat.CSV
        && input.options().keySet().stream().noneMatch("mode"::equalsIgnoreCase);
  }

  /** The table, with the lines that are not whole. */
  private Dataset<Row> marked(Dataset<Row> plain) {
    return spark
        .read()
        .options(WHOLE)
        .options(input.options())
        .schema(plain.schema().add(BROKEN.structField()))
        .option("columnNameOfCorruptRecord", BROKEN.name())
        .csv(uri);
  }

  /**
   * Says how many lines are not whole, where {@code failure} comes of one.
   *
   * @throws DataContractException where it does
   */
  void refuse(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && cause.getMessage().contains(SIGN)) {
        throw new DataContractException(
            "The table "
                + input.path()
                + " has "
                + lines()
                + " without a field for each of its columns. Nothing was written. Correct"
                + " them, check input.options (sep, quote, escape), or say by input.options.mode"
                + " what Spark shall do with such lines: DROPMALFORMED leaves them out.");
      }
    }
  }

  private String lines() {
    Dataset<Row> plain = spark.read().options(input.options()).csv(uri);
    Field first = Field.optional(plain.columns()[0], DataTypes.StringType);
    // Spark reads no table for its broken lines alone.
    Row counted =
        marked(plain).agg(functions.count(BROKEN.col()), functions.count(first.col())).first();
    return counted.getLong(0) == 1 ? "1 line" : counted.getLong(0) + " lines";
  }
}
