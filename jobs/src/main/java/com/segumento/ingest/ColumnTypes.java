package com.segumento.ingest;

import com.segumento.model.ConfigException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The types a contract may give a column. */
final class ColumnTypes {
  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\(\\s*([0-9]{1,2})\\s*,\\s*([0-9]{1,2})\\s*\\)");

  private ColumnTypes() {}

  /** The type written as {@code text}. */
  static DataType of(String text) {
    String written = text.trim().toLowerCase(Locale.ROOT);
    Matcher decimal = DECIMAL.matcher(written);
    if (decimal.matches()) {
      return DataTypes.createDecimalType(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return switch (written) {
      case "int" -> DataTypes.IntegerType;
      case "long" -> DataTypes.LongType;
      case "double" -> DataTypes.DoubleType;
      case "string" -> DataTypes.StringType;
      case "date" -> DataTypes.DateType;
      case "timestamp" -> DataTypes.TimestampType;
      case "boolean" -> DataTypes.BooleanType;
      default ->
          throw ConfigException.invalid(
              "type", text, "int, long, double, decimal(p,s), string, date, timestamp or boolean");
    };
  }
}
