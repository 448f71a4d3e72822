package com.segumento.segment;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;

/**
 * Whether a row is a member of a segment that {@link ConditionProgram} has settled before. Not
 * deterministic, for it means another thing before that: Spark then computes it where it stands,
 * and not ahead.
 */
final class SettledFlag extends Expression implements CodegenFallback, Serializable {
  private static final long serialVersionUID = 1L;

  private final int place;

  SettledFlag(int place) {
    this.place = place;
  }

  @Override
  public Object eval(InternalRow row) {
    return row.getBoolean(place);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  @SuppressWarnings("unchecked") // Nil is a list of anything
  public Seq<Expression> children() {
    return (Seq<Expression>) (Seq<?>) Nil$.MODULE$;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return this;
  }

  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return place;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SettledFlag;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SettledFlag that && place == that.place;
  }

  @Override
  public int hashCode() {
    return Objects.hash(place);
  }
}
