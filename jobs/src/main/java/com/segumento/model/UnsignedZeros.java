package com.segumento.model;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Takes the sign from every zero in a column of floating-point numbers: 0.0 and -0.0 are one value,
 * and grouping takes them for one, but they are two texts.
 */
public record UnsignedZeros() implements Transformation {

  @Override
  public Dataset<Row> apply(Dataset<Row> rows) {
    StructField[] fields = rows.schema().fields();
    return Stream.of(fields).noneMatch(field -> floating(field.dataType()))
        ? rows
        : rows.select(Stream.of(fields).map(UnsignedZeros::unsigned).toArray(Column[]::new));
  }

  private static Column unsigned(StructField field) {
    Field column = Field.optional(field.name(), field.dataType());
    return floating(column.type())
        ? column.as(
            when(column.col().equalTo(0.0), lit(0.0).cast(column.type())).otherwise(column.col()))
        : column.col();
  }

  private static boolean floating(DataType type) {
    return type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType);
  }
}
