package com.segumento.segment;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A checked expression of the segment language.
 *
 * @param tree as parsed, names unresolved, other segments as {@link InSegment}
 * @param columns the declared columns it reads
 * @param type of its value
 */
record SqlExpression(Expression tree, Set<String> columns, DataType type) {

  SqlExpression {
    columns = Set.copyOf(columns);
  }

  /** A condition of our own, of columns no expression has to declare. */
  static SqlExpression condition(Expression tree) {
    return new SqlExpression(tree, Set.of(), DataTypes.BooleanType);
  }

  /** The segments it asks for, in the order it names them. */
  Set<String> segments() {
    Set<String> segments = new LinkedHashSet<>();
    InSegment.collect(tree, segments);
    return segments;
  }

  /** The same text for every way of writing the same expression: spaces, brackets, comments. */
  String canonical() {
    return tree.sql();
  }

  /**
   * The value, and null where it cannot be computed for a row: a division by zero, an overflow, a
   * text that is no number. So no row can stop the night, and none of its values reaches an error.
   * It is null as a whole: {@code a / 0 > 1 or b} is null, whatever {@code b} is; what a branch of
   * {@code case} keeps from being computed does not fail.
   */
  Column value() {
    return ExpressionUtils.column(guarded());
  }

  /** The tree of {@link #value}. */
  Expression guarded() {
    return new NullOnFailure(tree);
  }
}
