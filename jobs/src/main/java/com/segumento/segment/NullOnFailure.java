package com.segumento.segment;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.ConditionalExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;

/**
 * The value of an expression, and null where it cannot be computed for a row.
 *
 * <p>Spark computes what expressions share once and ahead of them, outside of any {@link TryEval},
 * where a failure would stop the job and quote the row: common subexpressions, and the operand of
 * {@code between}. What a conditional expression may never reach it leaves in place. So this is
 * one, of which no part is sure to be computed.
 */
final class NullOnFailure extends Expression implements ConditionalExpression, Serializable {
  private static final long serialVersionUID = 1L;

  private final TryEval attempt;

  NullOnFailure(Expression expression) {
    this.attempt = new TryEval(expression);
  }

  @Override
  public Object eval(InternalRow row) {
    return attempt.eval(row);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return attempt.doGenCode(context, code);
  }

  @Override
  public Seq<Expression> alwaysEvaluatedInputs() {
    return none();
  }

  @Override
  public ConditionalExpression withNewAlwaysEvaluatedInputs(Seq<Expression> inputs) {
    return this;
  }

  @Override
  public Seq<Seq<Expression>> branchGroups() {
    return none();
  }

  @Override
  public boolean foldable() {
    return attempt.child().foldable();
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    return attempt.child().dataType();
  }

  @Override
  public Seq<Expression> children() {
    return attempt.children();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new NullOnFailure(newChildren.head());
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return attempt.child();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof NullOnFailure;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NullOnFailure that && attempt.equals(that.attempt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(attempt);
  }

  @SuppressWarnings("unchecked") // Nil is a list of anything
  private static <T> Seq<T> none() {
    return (Seq<T>) Nil$.MODULE$;
  }
}
