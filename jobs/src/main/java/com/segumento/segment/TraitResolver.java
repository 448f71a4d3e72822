package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.Segments;
import java.util.List;
import java.util.Optional;

/** The text of a trait of events to an {@link TraitDefinition}, or all that is wrong with it. */
final class TraitResolver {
  private final ExpressionParser parser;
  private final EventSources sources;

  TraitResolver(ExpressionParser parser, Client client) {
    this.parser = parser;
    this.sources = new EventSources(client);
  }

  /** The checked trait, or nothing and why. */
  Optional<TraitDefinition> resolve(String name, Segments.Trait trait, List<String> problems) {
    if (trait.agg() == null) {
      problems.add("no trait of a known kind is given.");
      return Optional.empty();
    }
    return sources
        .find(trait.from(), problems)
        .flatMap(dataset -> resolve(name, trait, dataset, problems));
  }

  private Optional<TraitDefinition> resolve(
      String name, Segments.Trait trait, DatasetContract dataset, List<String> problems) {
    Scope scope = sources.scope(dataset);
    int before = problems.size();
    Optional<SqlExpression> where =
        Optional.ofNullable(trait.where())
            .flatMap(
                text ->
                    Resolution.located(
                        "where", problems, found -> parser.predicate(text, scope, found)));
    Optional<Window> window = sources.window(trait.window(), problems);
    int days = window.map(found -> Math.min(sources.kept(), found.reach() + 1)).orElse(1);
    Optional<Aggregate> aggregate =
        Resolution.located(
            "agg",
            problems,
            found -> new AggregateParser(parser, dataset, scope, days).parse(trait.agg(), found));
    aggregate.ifPresent(found -> checkTrend(trait, found, problems));
    return problems.size() > before || aggregate.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TraitDefinition(
                name,
                trait.from(),
                where,
                window.orElseThrow(),
                sources.kept(),
                aggregate.get(),
                Optional.ofNullable(trait.trend())));
  }

  private static void checkTrend(Segments.Trait trait, Aggregate aggregate, List<String> problems) {
    if (trait.trend() == null) {
      return;
    }
    if (trait.window() == null) {
      problems.add("trend: compares a window with the one before it. Expected a window.");
    }
    if (!aggregate.numeric()) {
      problems.add("trend: compares numbers, and " + trait.agg() + " is none.");
    }
  }
}
