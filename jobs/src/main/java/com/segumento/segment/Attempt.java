package com.segumento.segment;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.ConditionalExpression;
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
 * What a condition comes to for a row, as a {@link Logic} value: one that cannot be computed has
 * failed. A conditional expression for the reason that {@link NullOnFailure} is one.
 */
final class Attempt extends Expression implements ConditionalExpression, Serializable {
  private static final long serialVersionUID = 1L;

  private final Expression condition;

  Attempt(Expression condition) {
    this.condition = condition;
  }

  @Override
  public Object eval(InternalRow row) {
    try {
      return Logic.of((Boolean) condition.eval(row));
    } catch (Exception e) { // Scala throws checked ones too
      return Logic.FAILED;
    }
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    ExprCode asked = condition.genCode(context);
    String text =
        """
        byte %1$s = %2$d;
        try {
          %3$s
          %1$s = (byte) (%4$s ? %5$d : %6$s ? %7$d : %8$d);
        } catch (Exception e) {
        }
        """
            .formatted(
                code.value(),
                Logic.FAILED,
                asked.code(),
                asked.isNull(),
                Logic.UNKNOWN,
                asked.value(),
                Logic.TRUE,
                Logic.FALSE);
    return code.copy(block(text), FalseLiteral$.MODULE$, code.value());
  }

  @SuppressWarnings("unchecked") // Nil is a list of anything
  private static Block block(String text) {
    return new CodeBlock(
        CollectionConverters.asScala(List.of(text)).toIndexedSeq(),
        (Seq<JavaCode>) (Seq<?>) Nil$.MODULE$);
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
    return false;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.ByteType;
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(condition)).toIndexedSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new Attempt(newChildren.head());
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return condition;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof Attempt;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attempt that && condition.equals(that.condition);
  }

  @Override
  public int hashCode() {
    return condition.hashCode();
  }

  @SuppressWarnings("unchecked") // Nil is a list of anything
  private static <T> Seq<T> none() {
    return (Seq<T>) Nil$.MODULE$;
  }
}
