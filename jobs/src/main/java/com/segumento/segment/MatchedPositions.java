package com.segumento.segment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The positions, from 1, of the conditions that hold for a row; a condition that is null does not.
 *
 * <p>Each group of conditions is generated code of its own, apart from the stage around it, so that
 * no class or method grows with the number of conditions.
 */
final class MatchedPositions extends Expression implements CodegenFallback, Serializable {
  private static final long serialVersionUID = 1L;

  /** Conditions of one generated class. */
  private static final int GROUP = 100;

  private final Seq<Expression> conditions;
  private transient List<UnsafeProjection> groups;
  private transient DecodedRow columns;

  MatchedPositions(Seq<Expression> conditions) {
    this.conditions = conditions;
  }

  @Override
  public Object eval(InternalRow row) {
    if (groups == null) {
      groups = compile();
      columns = new DecodedRow(conditions);
    }
    InternalRow decoded = columns.of(row);
    int[] found = new int[conditions.size()];
    int size = 0;
    int position = 0;
    for (UnsafeProjection group : groups) {
      UnsafeRow holds = group.apply(decoded);
      for (int i = 0; i < holds.numFields(); i++) {
        position++;
        if (!holds.isNullAt(i) && holds.getBoolean(i)) {
          found[size++] = position;
        }
      }
    }
    return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOf(found, size));
  }

  private List<UnsafeProjection> compile() {
    List<UnsafeProjection> compiled = new ArrayList<>();
    for (int from = 0; from < conditions.size(); from += GROUP) {
      compiled.add(UnsafeProjection.create(slice(from, from + GROUP)));
    }
    return compiled;
  }

  @SuppressWarnings("unchecked") // a slice of expressions holds expressions
  private Seq<Expression> slice(int from, int until) {
    return (Seq<Expression>) conditions.slice(from, until);
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
    return new ArrayType(DataTypes.IntegerType, false);
  }

  @Override
  public Seq<Expression> children() {
    return conditions;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new MatchedPositions(newChildren);
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return conditions;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof MatchedPositions;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MatchedPositions that && conditions.equals(that.conditions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(conditions);
  }
}
