package com.segumento.segment;

import com.segumento.config.DatasetContract;
import com.segumento.config.EventRules;
import com.segumento.config.Segments.Segment;
import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code did}, {@code did_not}, {@code first}, {@code regularly}, {@code stopped}, {@code
 * restarted} and {@code sequence}: what a person did, as a condition over a column that is made of
 * the person's events together with the traits.
 */
final class EventRule implements RuleResolver {
  @Override
  public boolean takes(Segment segment) {
    return segment.sequence() != null || Behaviour.of(segment).isPresent();
  }

  @Override
  public Optional<Rule> resolve(Segment segment, Resolution resolution, List<String> problems) {
    EventSources sources = new EventSources(resolution.client());
    Making making = new Making(segment.id(), sources, resolution.parser(), new ArrayList<>());
    String kind = "sequence";
    Optional<Rule> rule;
    if (segment.sequence() != null) {
      rule = making.sequence(segment.sequence());
    } else {
      Behaviour behaviour = Behaviour.of(segment).orElseThrow();
      kind = behaviour.kind();
      Behaviour.window(segment).ifPresent(text -> sources.window(text, making.problems()));
      rule = making.behaviour(behaviour);
    }
    for (String problem : making.problems()) {
      problems.add(kind + "." + problem);
    }
    return rule;
  }

  /** A rule in the making; nothing becomes of it once there is a problem. */
  private record Making(
      String id, EventSources sources, ExpressionParser parser, List<String> problems) {

    Optional<Rule> behaviour(Behaviour behaviour) {
      Optional<SqlExpression> where =
          sources
              .find(behaviour.from(), problems)
              .map(sources::scope)
              .flatMap(scope -> behaviour.where().flatMap(text -> condition(text, scope)));
      Window window = behaviour.window().orElse(new Window.Days(sources.kept(), 0));
      return rule(
          behaviour.kind(),
          column(behaviour.column(), behaviour.from(), where, window, behaviour.aggregate()),
          behaviour.bounds());
    }

    Optional<Rule> sequence(EventRules.Sequence sequence) {
      Optional<Window> window = sources.window(sequence.window(), problems);
      Optional<SequenceAggregate> steps =
          sources
              .find(sequence.from(), problems)
              .flatMap(
                  dataset -> parser(dataset).flatMap(found -> found.parse(sequence, problems)));
      if (window.isEmpty() || steps.isEmpty()) {
        return Optional.empty();
      }
      return rule(
          "sequence",
          column("step", sequence.from(), Optional.empty(), window.get(), steps.get()),
          " = " + steps.get().pattern().last());
    }

    private Optional<SqlExpression> condition(String text, Scope scope) {
      return Resolution.located("where", problems, found -> parser.predicate(text, scope, found));
    }

    private Optional<SequenceParser> parser(DatasetContract dataset) {
      if (dataset.eventTime() == null) {
        problems.add("from: " + dataset.name() + " has no order. Expected its event_time named.");
        return Optional.empty();
      }
      Field time = Field.optional(dataset.eventTime(), DataTypes.TimestampType);
      return Optional.of(new SequenceParser(parser, sources.scope(dataset), time));
    }

    private TraitDefinition column(
        String name,
        String from,
        Optional<SqlExpression> where,
        Window window,
        Aggregate aggregate) {
      String hidden = "#" + id + "." + name;
      return new TraitDefinition(
          hidden, from, where, window, sources.kept(), aggregate, Optional.empty());
    }

    private Optional<Rule> rule(String kind, TraitDefinition column, String bounds) {
      if (!problems.isEmpty()) {
        return Optional.empty();
      }
      return parser
          .parse(column.quoted() + bounds, problems)
          .map(tree -> new SqlExpression(tree, Set.of(column.name()), DataTypes.BooleanType))
          .map(
              condition ->
                  new Rule(
                      kind + "|" + bounds.strip(), condition, List.of(column), Optional.empty()));
    }
  }
}
