package com.segumento.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Holds a parsed expression to the segment language: its operators, {@link AllowedFunctions} and
 * the columns in scope, and nothing else. What Spark's parser makes of other constructs is refused
 * by default, so that a new one in Spark does not enter by itself.
 */
final class LanguageCheck {
  private static final Set<String> OPERATORS =
      Set.of(
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
          "Like",
          "ILike",
          "Lower", // of ILIKE ANY and ALL
          "RLike",
          "LikeAll",
          "LikeAny",
          "NotLikeAll",
          "NotLikeAny",
          "IsNull",
          "IsNotNull",
          "Add",
          "Subtract",
          "Multiply",
          "Divide",
          "IntegralDivide",
          "Remainder",
          "UnaryMinus",
          "UnaryPositive",
          "BitwiseAnd",
          "BitwiseOr",
          "BitwiseXor",
          "BitwiseNot",
          "ShiftLeft",
          "ShiftRight",
          "Concat",
          "Cast",
          "CaseWhen",
          "Literal",
          "StringTrim",
          "StringTrimLeft",
          "StringTrimRight",
          "Substring",
          "StringLocate",
          "Overlay",
          "TimestampAdd",
          "TimestampDiff",
          "UnresolvedExtractValue");

  private final Scope scope;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> columns = new TreeSet<>();

  LanguageCheck(Scope scope) {
    this.scope = scope;
  }

  List<String> problems() {
    return problems;
  }

  /** The declared columns the expression reads. */
  Set<String> columns() {
    return columns;
  }

  void visit(Expression tree) {
    if (tree instanceof UnresolvedAttribute reference) {
      column(reference);
      return;
    }
    if (tree instanceof UnresolvedFunction function) {
      arguments(function, function(function));
      return;
    }
    if (!OPERATORS.contains(tree.getClass().getSimpleName()) && !isTruthTest(tree)) {
      refuse(tree, construct(tree));
      return;
    }
    CollectionConverters.asJava(tree.children()).forEach(this::visit);
  }

  // The lambda of a refused function is refused with it.
  private void arguments(UnresolvedFunction function, boolean taken) {
    for (Expression argument : CollectionConverters.asJava(function.arguments())) {
      if (taken || !(argument instanceof LambdaFunction)) {
        visit(argument);
      }
    }
  }

  private void column(UnresolvedAttribute reference) {
    List<String> parts = CollectionConverters.asJava(reference.nameParts());
    String name = String.join(".", parts).toLowerCase(Locale.ROOT);
    var problem = scope.problem(parts);
    if (problem.isEmpty()) {
      columns.add(scope.column(parts));
    } else if (AllowedFunctions.CLOCK.contains(name)) {
      refuse(reference, clock(name));
    } else {
      refuse(reference, problem.get());
    }
  }

  private boolean function(UnresolvedFunction function) {
    int before = problems.size();
    String name = function.nameParts().mkString(".").toLowerCase(Locale.ROOT);
    if (InSegment.isNameOf(function)) {
      segment(function);
    } else if (AllowedFunctions.CLOCK.contains(name)) {
      refuse(function, clock(name));
    } else if (!AllowedFunctions.contains(name)) {
      refuse(
          function,
          "the function "
              + name
              + " is not part of the segment language."
              + AllowedFunctions.hint(name));
    } else if (function.isDistinct() || function.filter().isDefined()) {
      refuse(function, "DISTINCT and FILTER belong to aggregates, which a rule cannot hold.");
    }
    return problems.size() == before;
  }

  private void segment(UnresolvedFunction function) {
    InSegment.asked(function)
        .ifPresentOrElse(
            id ->
                scope
                    .noSegment(id)
                    .ifPresent(problem -> refuse(function.arguments().head(), problem)),
            () ->
                refuse(
                    function,
                    "in_segment takes the id of one segment in quotes, as in"
                        + " in_segment('lapsed')."));
  }

  private void refuse(Expression tree, String why) {
    problems.add(ExpressionParser.at(tree) + why);
  }

  private static String clock(String name) {
    return name
        + " reads the clock, so that the same night could not be computed again. Use a window or"
        + " days_since_last, which count from the business date.";
  }

  // IS [NOT] UNKNOWN parses to nameless forms of IsNull and IsNotNull.
  private static boolean isTruthTest(Expression tree) {
    return tree instanceof org.apache.spark.sql.catalyst.expressions.IsNull
        || tree instanceof org.apache.spark.sql.catalyst.expressions.IsNotNull;
  }

  private static String construct(Expression tree) {
    if (tree instanceof Alias alias) {
      return "unexpected \"" + alias.name() + "\" after the expression.";
    }
    if (tree instanceof SubqueryExpression || tree instanceof InSubquery) {
      return "a subquery is not part of the segment language.";
    }
    if (tree instanceof LambdaFunction) {
      return "a lambda is not part of the segment language.";
    }
    if (tree instanceof WindowExpression) {
      return "a window function is not part of the segment language.";
    }
    return "this construct is not part of the segment language.";
  }
}
