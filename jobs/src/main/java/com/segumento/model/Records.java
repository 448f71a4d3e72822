package com.segumento.model;

import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The record table of a release: one row a person, under the names of the export's attributes. A
 * quasi-identifier is a text, the label {@link Cells} would give it; other attributes are what the
 * source has.
 *
 * <p>What all who make or check one go by: a person is a key of {@link Cells#KEY_BYTES} bytes and
 * has one row; where the source has several, the one whose attributes, in the export's order, are
 * largest. Each value has a {@link #text}. The rows of a file are in the order of their texts,
 * column by column, what is missing first; in which file a row is depends on its texts alone.
 */
public final class Records {
  /** Form of points in time, in UTC. */
  public static final String TIMESTAMP = "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX";

  /** Rows a file is meant to hold. */
  public static final long ROWS_A_FILE = 500_000;

  private Records() {}

  /** A quasi-identifier. */
  public static Field label(String name) {
    return Field.required(name, DataTypes.StringType);
  }

  /** A sensitive or insensitive attribute. */
  public static Field value(String name, DataType type) {
    return Field.optional(name, type);
  }

  /** The text of a value; null where it is missing. */
  public static Column text(Field column) {
    return column.type().equals(DataTypes.TimestampType)
        ? date_format(column.col(), TIMESTAMP)
        : column.col().cast(DataTypes.StringType);
  }

  /** How many files a release of so many rows is cut into; some of them may have no row. */
  public static int files(long rows, long rowsAFile) {
    return (int) Math.max(1, (rows + rowsAFile - 1) / rowsAFile);
  }

  /** The file a row is in, by its texts. */
  public static Column file(List<Column> texts, int files) {
    // What Spark itself partitions by.
    return pmod(hash(texts.toArray(Column[]::new)), lit(files));
  }
}
