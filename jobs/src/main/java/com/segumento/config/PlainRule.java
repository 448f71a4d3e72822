package com.segumento.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Segments.Lookalike;
import com.segumento.config.Segments.Rank;
import com.segumento.config.Segments.Segment;
import com.segumento.config.Segments.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules of segments in words, for those who get a release: made of the definition alone, and never
 * of what it came to.
 *
 * @param segments all of the client
 */
public record PlainRule(Segments segments) {

  /** The rule of a segment in a sentence, then one for each trait it is made of. */
  public String of(Segment segment) {
    String rule = rule(segment);
    StringBuilder words = new StringBuilder(rule).append('.');
    List<String> first = before(segment.id());
    if (!first.isEmpty()) {
      words.append(" Those in ").append(PlainWords.list(first, "or")).append(" are left out.");
    }
    for (String trait : PlainTrait.named(rule, segments.traits())) {
      String meaning = PlainTrait.of(segments.traits().get(trait));
      words.append(" %s is %s.".formatted(trait, meaning));
    }
    return words.toString();
  }

  /** The segments of its waterfall that come first. */
  private List<String> before(String id) {
    return segments.waterfalls().values().stream()
        .filter(members -> members.contains(id))
        .findFirst()
        .map(members -> members.subList(0, members.indexOf(id)))
        .orElse(List.of());
  }

  private static String rule(Segment segment) {
    if (segment.where() != null) {
      return "Everyone for whom: " + PlainWords.condition(segment.where());
    }
    if (segment.include() != null || segment.exclude() != null) {
      return lists(segment);
    }
    if (segment.rank() != null) {
      return rank(segment.rank());
    }
    if (segment.split() != null) {
      return split(segment.split());
    }
    if (segment.lookalike() != null) {
      Lookalike like = segment.lookalike();
      return "The %s most like the members of %s in %s, and not among them"
          .formatted(part(like.size()), like.seed(), PlainWords.list(like.features(), "and"));
    }
    return segment.sequence() != null ? sequence(segment.sequence()) : ofEvents(segment);
  }

  private static String lists(Segment segment) {
    String all =
        segment.include() == null
            ? "Everyone"
            : "Everyone in " + PlainWords.list(segment.include(), "or");
    return segment.exclude() == null
        ? all
        : all + " who is not in " + PlainWords.list(segment.exclude(), "or");
  }

  private static String rank(Rank rank) {
    boolean top = rank.top() != null;
    return "The %s with the %s %s%s"
        .formatted(
            part(top ? rank.top() : rank.bottom()),
            top ? "highest" : "lowest",
            rank.by(),
            rank.among() == null ? "" : " among the members of " + rank.among());
  }

  private static String split(Split split) {
    String share = "A random %s of the members of %s".formatted(split.share(), split.of());
    return share + ", the same persons every night";
  }

  private static String part(String part) {
    return part.endsWith("%") ? part + " of persons" : part + " persons";
  }

  private static String sequence(EventRules.Sequence sequence) {
    List<String> steps = new ArrayList<>();
    for (JsonNode step : sequence.steps()) {
      steps.add(step(step));
    }
    String within =
        sequence.within() == null ? "" : ", within " + PlainWords.span(sequence.within());
    return "Everyone with these events of %s in this order%s, %s: %s"
        .formatted(
            sequence.from(),
            within,
            PlainWords.window(sequence.window()),
            String.join("; ", steps));
  }

  /** A step of a sequence. */
  static String step(JsonNode step) {
    if (step.isTextual()) {
      return PlainWords.condition(step.asText());
    }
    if (step.has("not")) {
      return "none where " + PlainWords.condition(step.get("not").asText());
    }
    String words = PlainWords.condition(step.path("step").asText());
    if (step.has("after")) {
      words += ", at least " + PlainWords.span(step.get("after").asText()) + " later";
    }
    return step.has("before")
        ? words + ", at most " + PlainWords.span(step.get("before").asText()) + " later"
        : words;
  }

  private static String ofEvents(Segment segment) {
    if (segment.did() != null) {
      return did(segment.did());
    }
    if (segment.didNot() != null) {
      EventRules.Never never = segment.didNot();
      return "Everyone without events of %s, %s"
          .formatted(
              PlainWords.events(never.from(), never.where()), PlainWords.window(never.window()));
    }
    if (segment.first() != null) {
      EventRules.First first = segment.first();
      return "Everyone whose first event of %s was %s"
          .formatted(
              PlainWords.events(first.from(), first.where()), PlainWords.window(first.window()));
    }
    return overTime(segment);
  }

  private static String did(EventRules.Did did) {
    String least = did.atLeast() == null ? "1" : did.atLeast().toString();
    String most = did.atMost() == null ? "" : " and at most " + did.atMost();
    return "Everyone with at least %s%s of the events of %s, %s"
        .formatted(
            least,
            most,
            PlainWords.events(did.from(), did.where()),
            PlainWords.window(did.window()));
  }

  private static String overTime(Segment segment) {
    if (segment.regularly() != null) {
      EventRules.Regularly often = segment.regularly();
      return "Everyone with events of %s in at least %d of the last %d periods of %s"
          .formatted(
              PlainWords.events(often.from(), often.where()),
              often.atLeast(),
              often.periods(),
              PlainWords.span(often.every()));
    }
    if (segment.stopped() != null) {
      EventRules.Stopped stopped = segment.stopped();
      return "Everyone with events of %s in the %s before the last %s, and without any in these"
          .formatted(
              PlainWords.events(stopped.from(), stopped.where()),
              PlainWords.span(stopped.active()),
              PlainWords.span(stopped.silent()));
    }
    if (segment.restarted() != null) {
      EventRules.Restarted again = segment.restarted();
      return ("Everyone with events of %s in the last %s, without any in the %s before these, and"
              + " with some before that")
          .formatted(
              PlainWords.events(again.from(), again.where()),
              PlainWords.span(again.recent()),
              PlainWords.span(again.silent()));
    }
    throw new IllegalArgumentException("No words for the rule of segment " + segment.id() + ".");
  }
}
