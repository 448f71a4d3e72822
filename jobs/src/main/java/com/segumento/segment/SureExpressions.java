package com.segumento.segment;

import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Conditions that can be computed for every row, and cheaply: whether they stand behind another
 * condition that keeps them from being computed makes no difference to anything.
 */
final class SureExpressions {
  private static final Set<String> KINDS =
      Set.of(
          "BoundReference",
          "Literal",
          "InSegment",
          "And",
          "Or",
          "Not",
          "EqualTo",
          "EqualNullSafe",
          "LessThan",
          "LessThanOrEqual",
          "GreaterThan",
          "GreaterThanOrEqual",
          "In",
          "InSet",
          "IsNull",
          "IsNotNull",
          "Coalesce",
          "StartsWith",
          "EndsWith",
          "Contains");

  private SureExpressions() {}

  static boolean holds(Expression tree) {
    return (KINDS.contains(tree.getClass().getSimpleName()) || isWidening(tree))
        && CollectionConverters.asJava(tree.children()).stream().allMatch(SureExpressions::holds);
  }

  // From a number to one that holds it, as Spark puts it between columns and literals.
  private static boolean isWidening(Expression tree) {
    return tree instanceof Cast cast && Cast.canUpCast(cast.child().dataType(), cast.dataType());
  }
}
