package com.segumento.segment;

import com.segumento.config.DatasetContract;
import com.segumento.model.Field;
import com.segumento.segment.Aggregate.DaysSince;
import com.segumento.segment.ValueAggregate.Function;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.types.DataTypes;

/**
 * The text of an aggregate to an {@link Aggregate}, or all that is wrong with it.
 *
 * @param days the most days it may look at
 */
record AggregateParser(ExpressionParser parser, DatasetContract dataset, Scope scope, int days) {
  private static final String AGGREGATES =
      "Expected count, distinct_days, days_since_first, days_since_last, sum(x), avg(x), min(x),"
          + " max(x), first(x), last(x), count_distinct(x), approx_count_distinct(x) or top(x).";

  Optional<Aggregate> parse(String text, List<String> problems) {
    return parser
        .parse(text, problems)
        .flatMap(
            tree -> {
              if (tree instanceof UnresolvedAttribute word) {
                return plain(word.nameParts().mkString("."), tree, problems);
              }
              if (tree instanceof UnresolvedFunction function
                  && function.arguments().size() == 1
                  && !function.isDistinct()
                  && function.filter().isEmpty()) {
                String name = function.nameParts().mkString(".");
                return ofValue(name, function.arguments().head(), tree, problems);
              }
              return ofEnd(tree, problems);
            });
  }

  // Spark has first and last in its grammar, and makes its own aggregates of them.
  private Optional<Aggregate> ofEnd(Expression tree, List<String> problems) {
    if (tree instanceof AggregateExpression call) {
      if (call.aggregateFunction() instanceof First first && !first.ignoreNulls()) {
        return ofValue("first", first.child(), tree, problems);
      }
      if (call.aggregateFunction() instanceof Last last && !last.ignoreNulls()) {
        return ofValue("last", last.child(), tree, problems);
      }
    }
    return unknown(tree, problems);
  }

  private Optional<Aggregate> plain(String name, Expression tree, List<String> problems) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "count" -> Optional.of(new Aggregate.Count());
      case "days_since_first" -> Optional.of(new DaysSince(DaysSince.End.FIRST));
      case "days_since_last" -> Optional.of(new DaysSince(DaysSince.End.LAST));
      case "distinct_days" -> {
        if (days > Window.LONGEST + 1) {
          problems.add("distinct_days needs a window of at most " + Window.LONGEST + "d.");
          yield Optional.empty();
        }
        yield Optional.of(new Aggregate.DistinctPeriods(1));
      }
      default -> unknown(tree, problems);
    };
  }

  private Optional<Aggregate> ofValue(
      String name, Expression argument, Expression call, List<String> problems) {
    Optional<Function> function =
        Stream.of(Function.values())
            .filter(value -> value.name().equalsIgnoreCase(name))
            .findFirst();
    if (function.isEmpty()) {
      return unknown(call, problems);
    }
    return parser
        .check(argument, scope, problems)
        .filter(value -> fits(function.get(), value, problems))
        .filter(value -> isCoarse(function.get(), value, problems))
        .map(value -> new ValueAggregate(function.get(), value, time()));
  }

  private Optional<Field> time() {
    return Optional.ofNullable(dataset.eventTime())
        .map(name -> Field.optional(name, DataTypes.TimestampType));
  }

  private boolean fits(Function function, SqlExpression value, List<String> problems) {
    int before = problems.size();
    String at = ExpressionParser.at(value.tree()) + function.name().toLowerCase(Locale.ROOT);
    if (!function.takes(value.type())) {
      String type = value.type().sql().toLowerCase(Locale.ROOT);
      problems.add(at + " does not take a value of type " + type + ".");
    } else if (function.needsTime() && time().isEmpty()) {
      problems.add(at + " needs a dataset whose contract names its event_time.");
    }
    return problems.size() == before;
  }

  // A trait may tell where a person goes, but no more finely than by the district.
  private boolean isCoarse(Function function, SqlExpression value, List<String> problems) {
    TreeSet<String> codes = new TreeSet<>(value.columns());
    codes.retainAll(VisitedPlaces.codes(dataset));
    if (function.counts() || codes.isEmpty()) {
      return true;
    }
    problems.add(
        ExpressionParser.at(value.tree())
            + function.name().toLowerCase(Locale.ROOT)
            + " of "
            + String.join(", ", codes)
            + " would tell a person's place more finely than by its district. Use place.district,"
            + " place.state, place.zone, place.country or place.tier.");
    return false;
  }

  private static Optional<Aggregate> unknown(Expression tree, List<String> problems) {
    problems.add(ExpressionParser.at(tree) + "no such aggregate. " + AGGREGATES);
    return Optional.empty();
  }
}
