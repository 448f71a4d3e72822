package com.segumento.segment;

import java.util.ArrayList;
import java.util.List;

/**
 * How far events follow a sequence, by trying every choice of events for its steps.
 *
 * @param within longest time from the first event to the last; none where it is negative
 */
record NaiveSequence(List<Step> steps, long within) {
  /**
   * A step as it is defined.
   *
   * @param never whether it must not happen
   * @param after least time since the last step that happened; none where it is negative
   * @param before most time since then; none where it is negative
   */
  record Step(boolean never, long after, long before) {}

  /**
   * An event.
   *
   * @param matches by step, whether it matches
   */
  record Event(long time, List<Boolean> matches) {}

  /** The number of steps that happened; one more where a last one that must not stayed away. */
  int reached(List<Event> events, long end) {
    List<Integer> happening = new ArrayList<>();
    for (int step = 0; step < steps.size(); step++) {
      if (!steps.get(step).never()) {
        happening.add(step);
      }
    }
    int best = 0;
    for (int many = 1; many <= happening.size(); many++) {
      if (exists(events, happening.subList(0, many), new ArrayList<>(), false, end)) {
        best = many;
      }
    }
    boolean open = steps.get(steps.size() - 1).never();
    boolean met = open && exists(events, happening, new ArrayList<>(), true, end);
    return met ? best + 1 : best;
  }

  private boolean exists(
      List<Event> events, List<Integer> wanted, List<Integer> chosen, boolean toTheEnd, long end) {
    if (chosen.size() == wanted.size()) {
      return holds(events, wanted, chosen) && (!toTheEnd || staysAway(events, wanted, chosen, end));
    }
    int from = chosen.isEmpty() ? 0 : chosen.get(chosen.size() - 1) + 1;
    for (int event = from; event < events.size(); event++) {
      if (events.get(event).matches().get(wanted.get(chosen.size()))) {
        List<Integer> longer = new ArrayList<>(chosen);
        longer.add(event);
        if (exists(events, wanted, longer, toTheEnd, end)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean holds(List<Event> events, List<Integer> wanted, List<Integer> chosen) {
    long first = events.get(chosen.get(0)).time();
    long last = events.get(chosen.get(chosen.size() - 1)).time();
    boolean holds = within < 0 || last - first <= within;
    int step = -1;
    int event = -1;
    for (int i = 0; i < chosen.size() && holds; i++) {
      holds = none(events, event + 1, chosen.get(i), step + 1, wanted.get(i));
      Step reached = steps.get(wanted.get(i));
      if (i > 0) {
        long gap = events.get(chosen.get(i)).time() - events.get(event).time();
        holds &= reached.after() < 0 || gap >= reached.after();
        holds &= reached.before() < 0 || gap <= reached.before();
      }
      step = wanted.get(i);
      event = chosen.get(i);
    }
    return holds;
  }

  private boolean staysAway(
      List<Event> events, List<Integer> wanted, List<Integer> chosen, long end) {
    int step = wanted.get(wanted.size() - 1) + 1;
    int last = chosen.get(chosen.size() - 1) + 1;
    if (within < 0) {
      return none(events, last, events.size(), step, steps.size());
    }
    long over = events.get(chosen.get(0)).time() + within;
    int until = last;
    while (until < events.size() && events.get(until).time() <= over) {
      until++;
    }
    return over < end && none(events, last, until, step, steps.size());
  }

  /** None of the events matches one of the steps. */
  private static boolean none(List<Event> events, int from, int to, int step, int until) {
    for (int event = from; event < to; event++) {
      if (events.get(event).matches().subList(step, until).contains(true)) {
        return false;
      }
    }
    return true;
  }
}
