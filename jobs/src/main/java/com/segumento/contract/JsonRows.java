package com.segumento.contract;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.schema_of_variant;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_parse_json;
import static org.apache.spark.sql.functions.try_variant_get;

import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;

/**
 * Reads json files, an object a line. Lines become Spark's variants, which keep what a field was:
 * its presence, and whether it was text, number or anything else.
 */
public final class JsonRows {
  private static final Field LINE = Field.optional("value", DataTypes.StringType);
  private static final Field FIELDS =
      Field.optional("fields", new MapType(DataTypes.StringType, DataTypes.VariantType, true));
  private static final String NUMBER = "^(?:BIGINT|DECIMAL.*|DOUBLE|FLOAT)$";

  private JsonRows() {}

  public static Dataset<Row> read(
      SparkSession spark, List<String> uris, List<ContractColumn> columns) {
    Column keys = map_keys(FIELDS.col());
    Column contract =
        array(columns.stream().map(column -> lit(column.name())).toArray(Column[]::new));
    List<Column> row =
        new ArrayList<>(
            List.of(
                Delivered.FILE_URI.col(),
                Delivered.MALFORMED.as(FIELDS.col().isNull()),
                Delivered.EXTRA.as(
                    coalesce(size(array_except(keys, contract)).gt(0), lit(false)))));
    columns.forEach(
        column ->
            row.add(
                column.present().as(coalesce(array_contains(keys, column.name()), lit(false)))));
    return spark
        .read()
        .text(uris.toArray(String[]::new))
        .filter(trim(LINE.col()).notEqual(""))
        .select(
            Delivered.row(lit(false), lit(false)).get(0),
            FIELDS.as(
                try_variant_get(try_parse_json(LINE.col()), "$", FIELDS.type().catalogString())))
        .select(Delivered.select(row, columns, JsonRows::column));
  }

  private static List<Column> column(ContractColumn column) {
    Column field = FIELDS.col().getItem(column.name());
    Column text = try_variant_get(field, "$", "string");
    Column kind = schema_of_variant(field);
    Column value = Delivered.parsed(text, column.type());
    return Delivered.column(
        column, text, value, value.isNull().or(allowed(kind, column.type()).equalTo(false)));
  }

  // Text may stand for any type but is the only thing a text column takes.
  private static Column allowed(Column kind, DataType type) {
    Column text = kind.equalTo("STRING");
    if (type instanceof NumericType) {
      return text.or(kind.rlike(NUMBER));
    }
    return type.equals(DataTypes.BooleanType) ? text.or(kind.equalTo("BOOLEAN")) : text;
  }
}
