package com.segumento.contract;

import static org.apache.spark.sql.functions.lit;

import com.segumento.config.DatasetContract.Csv;
import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads csv files that share a header. Columns go by name; an empty field is null. */
public final class CsvRows {
  private static final Field CORRUPT = Field.optional("_corrupt_row", DataTypes.StringType);
  private static final String QUOTE = "\"";
  private static final String DELIMITER = ",";

  private CsvRows() {}

  public static Dataset<Row> read(
      SparkSession spark,
      Csv csv,
      List<String> header,
      List<String> uris,
      List<ContractColumn> columns) {
    return spark
        .read()
        .schema(schema(header))
        .option("header", true)
        .option("mode", "PERMISSIVE")
        .option("columnNameOfCorruptRecord", CORRUPT.name())
        // A pruned read would not see that a row is too long.
        .option("columnPruning", false)
        .option("unescapedQuoteHandling", "RAISE_ERROR")
        .option("sep", delimiter(csv))
        .option("quote", quote(csv))
        .option("escape", csv == null || csv.escape() == null ? quote(csv) : csv.escape())
        .option("multiLine", csv != null && csv.multiline())
        .csv(uris.toArray(String[]::new))
        .select(
            Delivered.select(
                Delivered.row(CORRUPT.col().isNotNull(), lit(false)),
                columns,
                column ->
                    Delivered.column(
                        column,
                        column.delivered().col(),
                        Delivered.parsed(column.delivered().col(), column.type()))));
  }

  private static StructType schema(List<String> header) {
    StructType schema = new StructType();
    for (String name : header) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema.add(CORRUPT.structField());
  }

  /** The names in a header line. */
  public static List<String> header(Csv csv, String line) {
    char quote = quote(csv).charAt(0);
    String delimiter = delimiter(csv);
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == quote) {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == quote) {
          name.append(quote);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && line.startsWith(delimiter, i)) {
        names.add(name.toString());
        name.setLength(0);
        i += delimiter.length() - 1;
      } else {
        name.append(line.charAt(i));
      }
    }
    names.add(name.toString());
    return names;
  }

  private static String delimiter(Csv csv) {
    return csv == null || csv.delimiter() == null ? DELIMITER : csv.delimiter();
  }

  private static String quote(Csv csv) {
    return csv == null || csv.quote() == null || csv.quote().isEmpty() ? QUOTE : csv.quote();
  }
}
