package com.segumento.contract;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Reads Parquet files that share a schema. */
public final class ParquetRows {
  private static final long NANOS_PER_MICRO = 1000L;

  private ParquetRows() {}

  /** The schema of {@code uri}; times in nanoseconds are long. */
  public static StructType schema(SparkSession spark, String uri) {
    return spark.read().parquet(uri).schema();
  }

  public static Dataset<Row> read(
      SparkSession spark,
      StructType schema,
      List<String> nanos,
      List<String> uris,
      List<ContractColumn> columns) {
    return spark
        .read()
        .schema(schema)
        .parquet(uris.toArray(String[]::new))
        .select(
            Delivered.select(
                Delivered.row(lit(false), lit(false)),
                columns,
                column ->
                    Delivered.column(
                        column,
                        column.delivered().col().cast(DataTypes.StringType),
                        value(column, schema, nanos).orElseThrow())));
  }

  /** The value of a column in files of this schema; none where its type can't give one. */
  public static Optional<Column> value(
      ContractColumn column, StructType schema, List<String> nanos) {
    DataType from = schema.apply(column.name()).dataType();
    DataType to = column.type();
    Column value = column.delivered().col();
    if (nanos.contains(column.name())) {
      return to.equals(DataTypes.TimestampType)
          ? Optional.of(timestamp_micros(call_function("div", value, lit(NANOS_PER_MICRO))))
          : Optional.empty();
    }
    if (from.equals(to)) {
      return Optional.of(to.equals(DataTypes.DoubleType) ? Delivered.finite(value) : value);
    }
    if (to instanceof NumericType && from instanceof NumericType) {
      return Optional.of(number(value, from, to));
    }
    boolean wholeAsText = to.equals(DataTypes.StringType) && from instanceof IntegralType;
    boolean time =
        to.equals(DataTypes.TimestampType)
            && (from.equals(DataTypes.TimestampNTZType) || from.equals(DataTypes.DateType));
    boolean widens = wholeAsText || time;
    return widens ? Optional.of(value.cast(to)) : Optional.empty();
  }

  private static Column number(Column value, DataType from, DataType to) {
    if (to.equals(DataTypes.DoubleType)) {
      return Delivered.finite(value.cast(to));
    }
    if (from.equals(DataTypes.DoubleType) || from.equals(DataTypes.FloatType)) {
      // Binary fractions are rarely exact decimals; whole numbers are exact.
      return to instanceof DecimalType
          ? value.try_cast(to)
          : when(value.equalTo(floor(value)), value.try_cast(to));
    }
    if (from instanceof FractionalType) {
      return to instanceof DecimalType
          ? Delivered.exact(value, to)
          : when(value.equalTo(floor(value)), value.try_cast(to));
    }
    return value.try_cast(to);
  }
}
