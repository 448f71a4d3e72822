package com.segumento.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.EventRules;
import com.segumento.model.Field;
import com.segumento.segment.SequencePattern.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The steps of a sequence to a {@link SequenceAggregate}, or all that is wrong with them.
 *
 * @param scope of the events
 * @param time the instant of an event
 */
record SequenceParser(ExpressionParser parser, Scope scope, Field time) {
  private static final String NOT = "not";

  Optional<SequenceAggregate> parse(EventRules.Sequence sequence, List<String> problems) {
    int before = problems.size();
    List<SqlExpression> conditions = new ArrayList<>();
    List<JsonNode> nodes = sequence.steps();
    for (int i = 0; i < nodes.size(); i++) {
      String text = text(nodes.get(i));
      Resolution.located(
              "steps[" + i + "]", problems, found -> parser.predicate(text, scope, found))
          .ifPresent(conditions::add);
    }
    if (nodes.stream().allMatch(node -> node.has(NOT))) {
      problems.add("steps: none of them happens. Expected at least one that is not a not.");
    }
    if (nodes.size() > SequencePattern.MOST) {
      problems.add("steps: " + nodes.size() + ". Expected at most " + SequencePattern.MOST + ".");
    }
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(new SequenceAggregate(conditions, pattern(sequence), time));
  }

  private static String text(JsonNode step) {
    if (step.isTextual()) {
      return step.textValue();
    }
    return step.path(step.has(NOT) ? NOT : "step").asText();
  }

  private static SequencePattern pattern(EventRules.Sequence sequence) {
    List<Step> steps = new ArrayList<>();
    int atFirst = 0;
    for (int i = 0; i < sequence.steps().size(); i++) {
      JsonNode node = sequence.steps().get(i);
      int bit = 1 << i;
      if (!node.has(NOT)) {
        steps.add(
            new Step(
                bit, 0, micros(node, "after", 0), micros(node, "before", SequencePattern.ANY)));
      } else if (steps.isEmpty()) {
        atFirst |= bit;
      } else {
        Step last = steps.remove(steps.size() - 1);
        steps.add(new Step(last.bit(), last.never() | bit, last.after(), last.before()));
      }
    }
    long within = sequence.within() == null ? SequencePattern.ANY : micros(sequence.within());
    return new SequencePattern(steps, atFirst, within);
  }

  private static long micros(JsonNode step, String key, long otherwise) {
    return step.hasNonNull(key) ? micros(step.get(key).asText()) : otherwise;
  }

  /** Days of 24 hours, hours or minutes in microseconds. */
  private static long micros(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 'd' -> TimeUnit.DAYS.toMicros(number);
      case 'h' -> TimeUnit.HOURS.toMicros(number);
      default -> TimeUnit.MINUTES.toMicros(number);
    };
  }
}
