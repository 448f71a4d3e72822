package com.segumento.segment;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Text to {@link SqlExpression}: parsed by Spark's own parser, held to the language by {@link
 * LanguageCheck}, and resolved by Spark against an empty frame of the declared columns. Reads no
 * data.
 */
final class ExpressionParser {
  private final SparkSession spark;
  private final Map<StructType, Dataset<Row>> empty = new HashMap<>();

  ExpressionParser(SparkSession spark) {
    this.spark = spark;
  }

  /** Parses without any check of what the expression says. */
  Optional<Expression> parse(String text, List<String> problems) {
    try {
      return Optional.of(spark.sessionState().sqlParser().parseExpression(text));
    } catch (ParseException e) {
      problems.add(at(e.start().line(), e.start().startPosition()) + brief(e.getMessage()));
      return Optional.empty();
    }
  }

  /** A boolean expression over {@code scope}, or nothing and why. */
  Optional<SqlExpression> predicate(String text, Scope scope, List<String> problems) {
    return parse(text, problems)
        .flatMap(tree -> check(tree, scope, problems))
        .filter(
            checked -> {
              boolean predicate = checked.type().equals(DataTypes.BooleanType);
              if (!predicate) {
                problems.add(
                    at(checked.tree())
                        + "the expression is of type "
                        + checked.type().sql().toLowerCase(Locale.ROOT)
                        + ". Expected a condition (boolean).");
              }
              return predicate;
            });
  }

  /** An expression of any type over {@code scope}, or nothing and why. */
  Optional<SqlExpression> check(Expression tree, Scope scope, List<String> problems) {
    LanguageCheck language = new LanguageCheck(scope);
    language.visit(tree);
    problems.addAll(language.problems());
    if (!language.problems().isEmpty()) {
      return Optional.empty();
    }
    return resolve(InSegment.putInto(tree), language.columns(), scope, problems);
  }

  private Optional<SqlExpression> resolve(
      Expression tree, Set<String> columns, Scope scope, List<String> problems) {
    Column column = ExpressionUtils.column(tree);
    try {
      Dataset<Row> resolved =
          empty
              .computeIfAbsent(scope.columns(), all -> spark.createDataFrame(List.of(), all))
              .select(column.as("value"));
      List<String> wrong = ConstantCheck.problems(resolved);
      problems.addAll(wrong);
      if (!wrong.isEmpty()) {
        return Optional.empty();
      }
      DataType type = resolved.schema().fields()[0].dataType();
      return Optional.of(new SqlExpression(tree, columns, type));
    } catch (Exception e) {
      if (e instanceof AnalysisException wrong) { // Scala throws it undeclared
        problems.add(at(wrong.line(), wrong.startPosition()) + brief(wrong.getMessage()));
        return Optional.empty();
      }
      throw e;
    }
  }

  static String at(Expression tree) {
    return at(tree.origin().line(), tree.origin().startPosition());
  }

  static String at(Option<Object> line, Option<Object> position) {
    if (line.isEmpty() || position.isEmpty()) {
      return "";
    }
    return "line " + line.get() + ", column " + ((Integer) position.get() + 1) + ": ";
  }

  /** The first line of Spark's message without its codes. */
  static String brief(String message) {
    String first = message.strip().lines().findFirst().orElse("");
    return first.replaceFirst("^\\[[A-Z0-9_.]+\\] ", "").replaceFirst(" SQLSTATE: .*$", "");
  }
}
