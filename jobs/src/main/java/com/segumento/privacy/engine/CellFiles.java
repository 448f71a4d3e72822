package com.segumento.privacy.engine;

import com.segumento.config.Export;
import com.segumento.lake.StableFooters;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Writes cells as one file whose bytes depend on the cells only: in order of their segments and
 * labels, with everything that a session could set differently said here. Through the committer of
 * the store, so that no rename is needed.
 */
public final class CellFiles {
  static final Map<String, String> NO_MARKER =
      Map.of("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
  private static final Map<String, String> CSV =
      Map.of(
          "header", "true",
          "quote", "\"",
          "escape", "\"",
          "nullValue", "",
          "emptyValue", "\"\"",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false",
          "compression", "none");
  private static final Map<String, String> JSON =
      Map.of("ignoreNullFields", "false", "compression", "none");
  private static final Map<String, String> PARQUET = Map.of("compression", "snappy");

  private CellFiles() {}

  /** Writes {@code cells} into {@code folder}, which is empty. */
  public static void write(Dataset<Row> cells, String folder, Export.Format format) {
    Column[] order =
        Stream.of(cells.schema().fields())
            .filter(field -> field.dataType().equals(DataTypes.StringType))
            .map(field -> functions.col("`" + field.name() + "`"))
            .toArray(Column[]::new);
    cells
        .repartition(1) // cells do not grow with persons
        .sortWithinPartitions(order)
        .write()
        .options(NO_MARKER)
        .options(options(format))
        .format(format.name().toLowerCase(Locale.ROOT))
        .save(folder);
    if (format == Export.Format.PARQUET) {
      StableFooters.sort(cells.sparkSession(), folder);
    }
  }

  /** What a session could set differently, by format. */
  static Map<String, String> options(Export.Format format) {
    return switch (format) {
      case CSV -> CSV;
      case JSON -> JSON;
      case PARQUET -> PARQUET;
    };
  }
}
