package com.segumento.segment;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Computes the constant parts of a resolved expression: {@code age = 'thirty'} and {@code 1 / 0}
 * fail here and not in the night.
 */
final class ConstantCheck {
  private ConstantCheck() {}

  static List<String> problems(Dataset<Row> resolved) {
    List<String> problems = new ArrayList<>();
    var plan = ((org.apache.spark.sql.classic.Dataset<Row>) resolved).queryExecution().analyzed();
    CollectionConverters.asJava(plan.expressions()).forEach(tree -> visit(tree, problems));
    return problems;
  }

  private static void visit(Expression tree, List<String> problems) {
    if (tree instanceof RuntimeReplaceable replaceable) {
      visit(replaceable.replacement(), problems);
    } else if (tree.foldable() && !hasUnevaluable(tree)) {
      if (!(tree instanceof Literal)) {
        compute(tree, problems);
      }
    } else {
      CollectionConverters.asJava(tree.children()).forEach(child -> visit(child, problems));
    }
  }

  private static void compute(Expression tree, List<String> problems) {
    try {
      tree.eval(null);
    } catch (RuntimeException e) {
      String message = ExpressionParser.brief(String.valueOf(e.getMessage()));
      problems.add(ExpressionParser.at(tree) + message);
    }
  }

  private static boolean hasUnevaluable(Expression tree) {
    return tree.exists(node -> node instanceof Unevaluable || node instanceof RuntimeReplaceable);
  }
}
