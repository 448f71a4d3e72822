package com.segumento.segment;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Since when a person is in its segments: the date of the night before where it was in the segment
 * then, and this night's where not. Codes come from the lowest, so that two nights are gone through
 * side by side.
 */
final class EntryDates extends Expression implements CodegenFallback, Serializable {
  private static final long serialVersionUID = 1L;

  private final Seq<Expression> columns;
  private final int date;

  private EntryDates(Seq<Expression> columns, int date) {
    this.columns = columns;
    this.date = date;
  }

  /**
   * The dates of {@code segments}.
   *
   * @param before segments of the night before, null for a person that was in none
   * @param since the dates of these
   */
  static Column of(Column segments, Column before, Column since, LocalDate date) {
    List<Expression> columns =
        List.of(
            ExpressionUtils.expression(segments),
            ExpressionUtils.expression(before),
            ExpressionUtils.expression(since));
    return ExpressionUtils.column(
        new EntryDates(
            CollectionConverters.asScala(columns).toIndexedSeq(),
            Math.toIntExact(date.toEpochDay())));
  }

  @Override
  public Object eval(InternalRow row) {
    int[] segments = ((ArrayData) columns.apply(0).eval(row)).toIntArray();
    ArrayData before = (ArrayData) columns.apply(1).eval(row);
    ArrayData since = (ArrayData) columns.apply(2).eval(row);
    int length = before == null ? 0 : before.numElements();
    int[] dates = new int[segments.length];
    int at = 0;
    for (int i = 0; i < segments.length; i++) {
      while (at < length && before.getInt(at) < segments[i]) {
        at++;
      }
      boolean stayed = at < length && before.getInt(at) == segments[i];
      dates[i] = stayed ? since.getInt(at) : date;
    }
    return UnsafeArrayData.fromPrimitiveArray(dates);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return new ArrayType(DataTypes.DateType, false);
  }

  @Override
  public Seq<Expression> children() {
    return columns;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new EntryDates(newChildren, date);
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? columns : date;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EntryDates;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryDates that && columns.equals(that.columns) && date == that.date;
  }

  @Override
  public int hashCode() {
    return Objects.hash(columns, date);
  }
}
