package com.segumento.segment;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.FalseLiteral$;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads a flag that a {@link Settled} before has set. Not deterministic, for it means another thing
 * before that: Spark then computes it where it stands, and not ahead.
 */
final class SettledFlag extends Expression implements Serializable {
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
    return notNull(
        code,
        "boolean %s = %s.getBoolean(%d);".formatted(code.value(), context.INPUT_ROW(), place));
  }

  /** Code that sets the value and is never null. */
  static ExprCode notNull(ExprCode code, String text) {
    return code.copy(block(text), FalseLiteral$.MODULE$, code.value());
  }

  @SuppressWarnings("unchecked") // Nil is a list of anything
  private static Block block(String text) {
    return new CodeBlock(
        CollectionConverters.asScala(List.of(text)).toIndexedSeq(),
        (Seq<JavaCode>) (Seq<?>) Nil$.MODULE$);
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
