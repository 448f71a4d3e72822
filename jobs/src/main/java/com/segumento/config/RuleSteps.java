package com.segumento.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.EventRules.Did;
import com.segumento.config.Segments.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts that a rule other than a condition is made of, one after the other, each a segment of
 * its own: who is in a part is in all before it, and who is in the segment is in all of them.
 */
public final class RuleSteps {
  private final String prefix;
  private final List<Step> steps = new ArrayList<>();
  private final List<Segment> besides = new ArrayList<>();
  private String last = "";

  /**
   * A part.
   *
   * @param says what it asks for, in words
   */
  public record Step(String says, Segment segment) {}

  private RuleSteps(String prefix) {
    this.prefix = prefix;
  }

  /**
   * The parts of the rule of a segment.
   *
   * @param prefix of the ids of the parts, which a number from 1 follows
   */
  public static RuleSteps of(Segment segment, String prefix) {
    RuleSteps parts = new RuleSteps(prefix);
    if (segment.include() != null || segment.exclude() != null) {
      parts.lists(segment.include(), segment.exclude());
    } else if (segment.rank() != null) {
      parts.rank(segment.rank());
    } else if (segment.split() != null) {
      parts.include(List.of(segment.split().of()));
      parts.last = "a random " + segment.split().share() + " of them";
    } else if (segment.lookalike() != null) {
      parts.lookalike(segment.lookalike());
    } else if (segment.sequence() != null) {
      parts.sequence(segment.sequence());
    } else {
      parts.behaviour(segment);
    }
    return parts;
  }

  /** All parts but the last, which is the segment itself. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Segments that parts are made of and that are none themselves. */
  public List<Segment> besides() {
    return List.copyOf(besides);
  }

  /** What the last part asks for, in words. */
  public String last() {
    return last;
  }

  private String next() {
    return prefix + (steps.size() + 1);
  }

  private void lists(List<String> include, List<String> exclude) {
    if (include != null && exclude != null) {
      include(include);
    }
    last =
        exclude == null
            ? "in " + PlainWords.list(include, "or")
            : "not in " + PlainWords.list(exclude, "or");
  }

  private void rank(Segments.Rank rank) {
    String known = "`" + rank.by() + "` is not null";
    if (rank.among() != null) {
      include(List.of(rank.among()));
      known += " and in_segment('" + rank.among() + "')";
    }
    steps.add(new Step("with a " + rank.by(), Segment.where(next(), known)));
    last =
        rank.top() == null
            ? "the lowest " + rank.bottom() + " of them"
            : "the highest " + rank.top() + " of them";
  }

  private void lookalike(Segments.Lookalike like) {
    Segment others = lists(next(), null, List.of(like.seed()));
    steps.add(new Step("not in " + like.seed(), others));
    last = "the %s most like the members of %s".formatted(like.size(), like.seed());
  }

  private void sequence(EventRules.Sequence sequence) {
    List<JsonNode> all = sequence.steps();
    List<String> says = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String then = says.isEmpty() && steps.isEmpty() ? "" : "then ";
      says.add(then + PlainRule.step(all.get(i)));
      if (i < all.size() - 1 && !all.get(i).has("not")) {
        EventRules.Sequence first =
            new EventRules.Sequence(
                sequence.from(), all.subList(0, i + 1), sequence.within(), sequence.window());
        steps.add(new Step(String.join(", ", says), ofSequence(next(), first)));
        says.clear();
      }
    }
    last = String.join(", ", says);
  }

  private void behaviour(Segment segment) {
    if (segment.did() != null) {
      did(segment.did());
    } else if (segment.didNot() != null) {
      EventRules.Never never = segment.didNot();
      last = "no events of " + events(never.from(), never.where(), never.window());
    } else if (segment.first() != null) {
      EventRules.First first = segment.first();
      events(new Did(first.from(), first.where(), first.window(), null, null));
      last = "and none before";
    } else {
      overTime(segment);
    }
  }

  private void did(Did did) {
    int least = did.atLeast() == null ? 1 : did.atLeast();
    if (least == 1 && did.atMost() == null) {
      last = "events of " + events(did.from(), did.where(), did.window());
      return;
    }
    events(new Did(did.from(), did.where(), did.window(), null, null));
    String most = did.atMost() == null ? "" : "at most " + did.atMost();
    last = least == 1 ? most : "at least " + least + (most.isEmpty() ? "" : ", " + most);
  }

  private void overTime(Segment segment) {
    if (segment.regularly() != null) {
      EventRules.Regularly often = segment.regularly();
      int days = Integer.parseInt(often.every().replaceFirst("d$", "")) * often.periods();
      events(new Did(often.from(), often.where(), days + "d", null, null));
      last = "in at least %d of %d periods".formatted(often.atLeast(), often.periods());
    } else if (segment.stopped() != null) {
      EventRules.Stopped stopped = segment.stopped();
      String active = stopped.active() + " ending " + stopped.silent() + " ago";
      events(new Did(stopped.from(), stopped.where(), active, null, null));
      last = "none in the last " + PlainWords.span(stopped.silent());
    } else if (segment.restarted() != null) {
      restarted(segment.restarted());
    } else {
      throw new IllegalArgumentException("No parts of the rule of " + segment.id() + ".");
    }
  }

  private void restarted(EventRules.Restarted again) {
    events(new Did(again.from(), again.where(), again.recent(), null, null));
    String silent = again.silent() + " ending " + again.recent() + " ago";
    Segment before =
        ofDid(prefix + "before", new Did(again.from(), again.where(), silent, null, null));
    besides.add(before);
    steps.add(
        new Step(
            "none in the " + PlainWords.span(again.silent()) + " before these",
            lists(next(), List.of(prefix + 1), List.of(before.id()))));
    last = "some before that";
  }

  private void events(Did did) {
    steps.add(
        new Step("events of " + events(did.from(), did.where(), did.window()), ofDid(next(), did)));
  }

  private void include(List<String> segments) {
    steps.add(new Step("in " + PlainWords.list(segments, "or"), lists(next(), segments, null)));
  }

  private static String events(String from, String where, String window) {
    return PlainWords.events(from, where) + ", " + PlainWords.window(window);
  }

  private static Segment lists(String id, List<String> include, List<String> exclude) {
    return new Segment(
        id, null, null, null, null, include, exclude, null, null, null, null, null, null, null,
        null, null, null);
  }

  private static Segment ofDid(String id, Did did) {
    return new Segment(
        id, null, null, null, null, null, null, did, null, null, null, null, null, null, null, null,
        null);
  }

  private static Segment ofSequence(String id, EventRules.Sequence sequence) {
    return new Segment(
        id, null, null, null, null, null, null, null, null, null, null, null, null, sequence, null,
        null, null);
  }
}
