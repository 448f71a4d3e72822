package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.Segments;
import com.segumento.segment.Aggregate.OfValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/** The text of a trait to a {@link TraitDefinition}, or all that is wrong with it. */
final class TraitResolver {
  /** The longest window, in days. */
  static final int LONGEST_WINDOW = 3650;

  private static final Pattern WINDOW = Pattern.compile("([1-9][0-9]{0,3})d");
  private static final String AGGREGATES =
      "Expected count, sum(x), min(x), max(x), avg(x), days_since_last or distinct_days.";

  private final ExpressionParser parser;
  private final Client client;
  private final Map<String, DatasetContract> events = new TreeMap<>();

  TraitResolver(ExpressionParser parser, Client client) {
    this.parser = parser;
    this.client = client;
    for (DatasetContract dataset : client.datasets()) {
      if (dataset.kind() == DatasetContract.Kind.EVENT) {
        events.put(dataset.name(), dataset);
      }
    }
  }

  /** The checked trait, or nothing and why. */
  Optional<TraitDefinition> resolve(String name, Segments.Trait trait, List<String> problems) {
    if (trait.agg() == null || trait.trend() != null) {
      problems.add("Only traits with an agg and without a trend are available yet.");
      return Optional.empty();
    }
    DatasetContract dataset = trait.from() == null ? null : events.get(trait.from());
    if (dataset == null) {
      problems.add(
          "from: "
              + (trait.from() == null ? "missing." : "no event dataset " + trait.from() + ".")
              + " Expected one of: "
              + String.join(", ", events.keySet())
              + ".");
      return Optional.empty();
    }
    Scope scope = new Scope(EventSchema.named(dataset));
    int before = problems.size();
    Optional<SqlExpression> where =
        Optional.ofNullable(trait.where())
            .flatMap(
                text ->
                    located("where: ", problems, found -> parser.predicate(text, scope, found)));
    int days = days(trait.window(), problems);
    Optional<Aggregate> aggregate =
        located("agg: ", problems, found -> aggregate(trait.agg(), days, scope, found));
    return problems.size() > before || aggregate.isEmpty()
        ? Optional.empty()
        : Optional.of(new TraitDefinition(name, trait.from(), where, days, aggregate.get()));
  }

  // Without a window: what retention keeps, as TraitDefinition says.
  private int days(String window, List<String> problems) {
    if (window == null) {
      return client.retention().eventsDays() + 1;
    }
    Matcher days = WINDOW.matcher(window);
    if (!days.matches() || Integer.parseInt(days.group(1)) > LONGEST_WINDOW) {
      problems.add(
          "window: " + window + ". Expected days from 1d to " + LONGEST_WINDOW + "d, as in 90d.");
      return 1;
    }
    return Integer.parseInt(days.group(1));
  }

  private Optional<Aggregate> aggregate(String text, int days, Scope scope, List<String> problems) {
    if (text == null) {
      problems.add("missing. " + AGGREGATES);
      return Optional.empty();
    }
    return parser
        .parse(text, problems)
        .flatMap(
            tree -> {
              if (tree instanceof UnresolvedAttribute word) {
                return plain(word.nameParts().mkString("."), tree, days, problems);
              }
              if (tree instanceof UnresolvedFunction function
                  && function.arguments().size() == 1
                  && !function.isDistinct()
                  && function.filter().isEmpty()) {
                return ofValue(function, scope, problems);
              }
              return unknown(tree, problems);
            });
  }

  private static Optional<Aggregate> plain(
      String name, Expression tree, int days, List<String> problems) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "count" -> Optional.of(new Aggregate.Count());
      case "days_since_last" -> Optional.of(new Aggregate.DaysSinceLast());
      case "distinct_days" -> {
        if (days > LONGEST_WINDOW + 1) {
          problems.add("distinct_days needs a window of at most " + LONGEST_WINDOW + "d.");
          yield Optional.empty();
        }
        yield Optional.of(new Aggregate.DistinctDays());
      }
      default -> unknown(tree, problems);
    };
  }

  private Optional<Aggregate> ofValue(
      UnresolvedFunction function, Scope scope, List<String> problems) {
    String name = function.nameParts().mkString(".").toUpperCase(Locale.ROOT);
    Optional<OfValue.Function> kind =
        List.of(OfValue.Function.values()).stream()
            .filter(value -> value.name().equals(name))
            .findFirst();
    if (kind.isEmpty()) {
      return unknown(function, problems);
    }
    return parser
        .check(function.arguments().head(), scope, problems)
        .filter(value -> fits(kind.get(), value, problems))
        .map(value -> new OfValue(kind.get(), value));
  }

  private static boolean fits(OfValue.Function kind, SqlExpression value, List<String> problems) {
    DataType type = value.type();
    boolean fits =
        switch (kind) {
          case SUM, AVG -> type instanceof NumericType;
          case MIN, MAX -> type instanceof AtomicType && !(type instanceof BinaryType);
        };
    if (!fits) {
      problems.add(
          ExpressionParser.at(value.tree())
              + kind.name().toLowerCase(Locale.ROOT)
              + " does not take a value of type "
              + type.sql().toLowerCase(Locale.ROOT)
              + ".");
    }
    return fits;
  }

  private static Optional<Aggregate> unknown(Expression tree, List<String> problems) {
    problems.add(ExpressionParser.at(tree) + "no such aggregate. " + AGGREGATES);
    return Optional.empty();
  }

  private static <T> Optional<T> located(
      String place,
      List<String> problems,
      java.util.function.Function<List<String>, Optional<T>> step) {
    List<String> found = new ArrayList<>();
    Optional<T> result = step.apply(found);
    found.forEach(problem -> problems.add(place + problem));
    return result;
  }
}
