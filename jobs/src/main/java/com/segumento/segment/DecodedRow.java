package com.segumento.segment;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import scala.collection.immutable.Seq;

/**
 * The values of columns, read once a row, where each expression would decode them anew: a sum of
 * decimals costs more to decode than to compare. Flags are kept behind them.
 */
final class DecodedRow {
  private final int width;
  private final Object[] values;
  private final InternalRow columns;

  /** With room for {@code flags} flags behind the columns. */
  DecodedRow(int width, int flags) {
    this.width = width;
    this.values = new Object[width + flags];
    this.columns = new GenericInternalRow(values);
  }

  /** Reads the columns of a row; no flag is set. */
  void read(Seq<Expression> from, InternalRow row) {
    for (int i = 0; i < width; i++) {
      values[i] = compact(from.apply(i).eval(row));
    }
    Arrays.fill(values, width, values.length, false);
  }

  /** The columns and the flags. */
  InternalRow columns() {
    return columns;
  }

  /** Sets the flag at this place of the row. */
  void flag(int place) {
    values[place] = true;
  }

  boolean isFlagged(int place) {
    return (Boolean) values[place];
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
