package com.segumento.segment;

import com.segumento.config.EventRules;
import com.segumento.config.Segments.Segment;
import java.util.Optional;

/**
 * What a rule over events comes to: one aggregate, and what it has to be.
 *
 * @param kind as it is called in the definition
 * @param where text of which events count; none where all do
 * @param window which days count; all that are kept without it
 * @param column what the aggregate is called
 * @param bounds what follows its name in the condition
 */
record Behaviour(
    String kind,
    String from,
    Optional<String> where,
    Optional<Window> window,
    Aggregate aggregate,
    String column,
    String bounds) {

  /** The behaviour a segment is made of, where it is one; the text of its window is checked. */
  static Optional<Behaviour> of(Segment segment) {
    if (segment.did() != null) {
      return Optional.of(did(segment.did()));
    } else if (segment.didNot() != null) {
      EventRules.Never never = segment.didNot();
      return Optional.of(counted("did_not", never.from(), never.where(), never.window(), " = 0"));
    } else if (segment.first() != null) {
      return Optional.of(first(segment.first()));
    } else if (segment.regularly() != null) {
      return Optional.of(regularly(segment.regularly()));
    } else if (segment.stopped() != null) {
      return Optional.of(stopped(segment.stopped()));
    }
    return Optional.ofNullable(segment.restarted()).map(Behaviour::restarted);
  }

  /** The text of the window of a behaviour that has one; not one of all that is kept. */
  static Optional<String> window(Segment segment) {
    if (segment.did() != null) {
      return Optional.ofNullable(segment.did().window());
    } else if (segment.didNot() != null) {
      return Optional.ofNullable(segment.didNot().window());
    }
    return Optional.ofNullable(segment.first()).map(EventRules.First::window);
  }

  private static Behaviour did(EventRules.Did did) {
    int least = did.atLeast() == null ? 1 : did.atLeast();
    String bounds =
        did.atMost() == null ? " >= " + least : " between " + least + " and " + did.atMost();
    return counted("did", did.from(), did.where(), did.window(), bounds);
  }

  private static Behaviour counted(
      String kind, String from, String where, String window, String bounds) {
    return new Behaviour(
        kind,
        from,
        Optional.ofNullable(where),
        Optional.ofNullable(window).flatMap(Window::parse),
        new Aggregate.Count(),
        "times",
        bounds);
  }

  private static Behaviour first(EventRules.First first) {
    Window window = Window.parse(first.window()).orElse(new Window.ThisMonth());
    return of("first", first.from(), first.where(), null, new Aggregate.FirstWithin(window), "");
  }

  private static Behaviour regularly(EventRules.Regularly regularly) {
    int every = days(regularly.every());
    return new Behaviour(
        "regularly",
        regularly.from(),
        Optional.ofNullable(regularly.where()),
        Optional.of(new Window.Days(every * regularly.periods(), 0)),
        new Aggregate.DistinctPeriods(every),
        "periods",
        " >= " + regularly.atLeast());
  }

  private static Behaviour stopped(EventRules.Stopped stopped) {
    int silent = days(stopped.silent());
    Window window = new Window.Days(days(stopped.active()) + silent, 0);
    return of(
        "stopped", stopped.from(), stopped.where(), window, new Aggregate.Stopped(silent), "");
  }

  private static Behaviour restarted(EventRules.Restarted restarted) {
    Aggregate aggregate =
        new Aggregate.Restarted(days(restarted.recent()), days(restarted.silent()));
    return of("restarted", restarted.from(), restarted.where(), null, aggregate, "");
  }

  private static Behaviour of(
      String kind, String from, String where, Window window, Aggregate aggregate, String bounds) {
    return new Behaviour(
        kind,
        from,
        Optional.ofNullable(where),
        Optional.ofNullable(window),
        aggregate,
        kind,
        bounds);
  }

  private static int days(String text) {
    return Integer.parseInt(text.substring(0, text.length() - 1));
  }
}
