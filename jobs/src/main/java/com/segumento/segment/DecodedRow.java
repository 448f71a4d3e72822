package com.segumento.segment;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads the columns that expressions read once a row, where each expression would decode them anew:
 * a sum of decimals costs more to decode than to compare.
 */
final class DecodedRow {
  private final Map<Integer, DataType> columns = new TreeMap<>();
  private final int width;
  private final Object[] values;

  /**
   * A reader of what expressions read.
   *
   * @param flags places of truth values kept after the columns, false at first for every row
   */
  DecodedRow(Seq<Expression> expressions, int flags) {
    CollectionConverters.asJava(expressions).forEach(this::visit);
    width = columns.keySet().stream().mapToInt(ordinal -> ordinal + 1).max().orElse(0);
    values = new Object[width + flags];
  }

  /** The place of the first flag. */
  int width() {
    return width;
  }

  /** The columns in their places; good until the next call. */
  InternalRow of(InternalRow row) {
    columns.forEach(
        (ordinal, type) ->
            values[ordinal] = row.isNullAt(ordinal) ? null : compact(row.get(ordinal, type)));
    Arrays.fill(values, width, values.length, false);
    return new GenericInternalRow(values);
  }

  private void visit(Expression tree) {
    if (tree instanceof BoundReference column) {
      columns.put(column.ordinal(), column.dataType());
    } else {
      CollectionConverters.asJava(tree.children()).forEach(this::visit);
    }
  }

  // The same number, held as a long where it fits one: compared as such, not as a big decimal.
  private static Object compact(Object value) {
    if (value instanceof Decimal decimal && decimal.precision() > Decimal.MAX_LONG_DIGITS()) {
      var unscaled = decimal.toJavaBigDecimal().unscaledValue();
      if (unscaled.bitLength() < Long.SIZE) {
        return Decimal.apply(unscaled.longValue(), decimal.precision(), decimal.scale());
      }
    }
    return value;
  }
}
