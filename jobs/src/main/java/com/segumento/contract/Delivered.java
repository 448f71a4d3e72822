package com.segumento.contract;

import static com.segumento.model.Field.required;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * Rows as all formats give them, one row a delivered row: file, whether the row could be taken
 * apart and has unknown fields, and for each {@link ContractColumn} its text, value and wrong.
 */
public final class Delivered {
  /** The file's URI, percent-encoded, {@code file:} ones with one slash. */
  public static final Field FILE_URI = required("file_uri", DataTypes.StringType);

  public static final Field MALFORMED = required("malformed", DataTypes.BooleanType);
  public static final Field EXTRA = required("extra", DataTypes.BooleanType);

  private static final String DATE = "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$";
  private static final String TIMESTAMP =
      "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?"
          + "(?:Z|[+-][0-9]{2}:[0-9]{2})?)?\\s*$";
  private static final DecimalType WIDEST = DataTypes.createDecimalType(38, 18);

  private Delivered() {}

  /** {@link #FILE_URI} of the rows of a file. */
  public static String fileUri(String uri) {
    int path = uri.indexOf('/', uri.contains("://") ? uri.indexOf("://") + 3 : 0);
    try {
      return (uri.substring(0, path) + new URI(null, null, uri.substring(path), null).toString())
          .replaceFirst("^file:/+", "file:/");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("A store listed a file without a path", e);
    }
  }

  /** Columns of the row as a whole. */
  static List<Column> row(Column malformed, Column extra) {
    List<Column> columns = new ArrayList<>();
    columns.add(FILE_URI.as(regexp_replace(col("_metadata.file_path"), "^file:/+", "file:/")));
    columns.add(MALFORMED.as(malformed));
    columns.add(EXTRA.as(extra));
    return columns;
  }

  /** Columns of one contract column, of its text and value. */
  static List<Column> column(ContractColumn column, Column text, Column value) {
    return column(column, text, value, value.isNull());
  }

  static List<Column> column(ContractColumn column, Column text, Column value, Column wrong) {
    return List.of(
        column.text().as(text),
        column.value().as(when(wrong, lit(null)).otherwise(value).cast(column.type())),
        column.wrong().as(text.isNotNull().and(wrong)));
  }

  /** The value a text stands for; null where it stands for none. Nothing is rounded or guessed. */
  static Column parsed(Column text, DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return text;
    }
    if (type.equals(DataTypes.DateType)) {
      return when(text.rlike(DATE), text.try_cast(type));
    }
    if (type.equals(DataTypes.TimestampType)) {
      return when(text.rlike(TIMESTAMP), text.try_cast(type));
    }
    if (type.equals(DataTypes.DoubleType)) {
      return finite(text.try_cast(type));
    }
    if (type instanceof DecimalType) {
      return exact(text, type);
    }
    return text.try_cast(type);
  }

  /** {@code number} as a decimal, where that loses no digit. */
  static Column exact(Column number, DataType type) {
    Column value = number.try_cast(type);
    Column whole = number.try_cast(WIDEST);
    return when(whole.isNull().or(value.equalTo(whole)), value);
  }

  /** {@code value} where it is a number. */
  static Column finite(Column value) {
    return when(isnan(value).or(abs(value).equalTo(lit(Double.POSITIVE_INFINITY))), lit(null))
        .otherwise(value);
  }

  /** All columns of a row: {@link #row} and those {@code each} contract column gives. */
  static Column[] select(
      List<Column> row, List<ContractColumn> columns, Function<ContractColumn, List<Column>> each) {
    List<Column> all = new ArrayList<>(row);
    columns.forEach(column -> all.addAll(each.apply(column)));
    return all.toArray(Column[]::new);
  }
}
