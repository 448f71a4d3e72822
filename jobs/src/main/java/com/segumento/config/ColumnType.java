package com.segumento.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;

/** The types a contract may give a column, as they are written. */
final class ColumnType {
  static final String SAYS =
      "one of int, long, double, decimal(precision,scale), string, date, timestamp, boolean";

  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\( ?([0-9]{1,2}) ?, ?([0-9]{1,2}) ?\\)");

  private static final Map<String, DataType> SIMPLE =
      Map.of(
          "int", DataTypes.IntegerType,
          "long", DataTypes.LongType,
          "double", DataTypes.DoubleType,
          "string", DataTypes.StringType,
          "date", DataTypes.DateType,
          "timestamp", DataTypes.TimestampType,
          "boolean", DataTypes.BooleanType);

  private ColumnType() {}

  /** The type of this text; none where it is not one. */
  static Optional<DataType> parse(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (!decimal.matches()) {
      return Optional.ofNullable(SIMPLE.get(text));
    }
    int precision = Integer.parseInt(decimal.group(1));
    int scale = Integer.parseInt(decimal.group(2));
    return precision >= 1 && precision <= DecimalType.MAX_PRECISION() && scale <= precision
        ? Optional.of(DataTypes.createDecimalType(precision, scale))
        : Optional.empty();
  }

  static boolean numeric(DataType type) {
    return type instanceof NumericType;
  }

  static boolean whole(DataType type) {
    return type.equals(DataTypes.IntegerType) || type.equals(DataTypes.LongType);
  }
}
