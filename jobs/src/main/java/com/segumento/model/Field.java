package com.segumento.model;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A column of a declared table: its name, type and whether it may be null. {@link #col()} is the
 * only way our code names a column.
 */
public record Field(String name, DataType type, boolean nullable) {

  /** A column that is never null. */
  public static Field required(String name, DataType type) {
    return new Field(name, type, false);
  }

  /** A column that may be null. */
  public static Field optional(String name, DataType type) {
    return new Field(name, type, true);
  }

  /** The schema of a table with these columns, in this order. */
  public static StructType schema(Field... fields) {
    return new StructType(Stream.of(fields).map(Field::structField).toArray(StructField[]::new));
  }

  /** This column, by its quoted name, so that dots and spaces in it mean themselves. */
  public Column col() {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** The member of this name inside {@code struct}. */
  public Column in(Field struct) {
    return struct.col().getField(name);
  }

  /** {@code value} under this column's name. */
  public Column as(Column value) {
    return value.as(name);
  }

  /** This column as Spark declares it. */
  public StructField structField() {
    return new StructField(name, type, nullable, Metadata.empty());
  }
}
