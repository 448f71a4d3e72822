package com.segumento.segment;

import com.segumento.segment.SequencePattern.Step;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntBinaryOperator;

/**
 * How far the events of one person follow a {@link SequencePattern}.
 *
 * <p>A person reaches step i when there are events e<sub>1</sub> &lt; … &lt; e<sub>i</sub> in the
 * order of the events, each matching its step, so that
 *
 * <ul>
 *   <li>the time from e<sub>j-1</sub> to e<sub>j</sub> is at least the step's {@code after} and at
 *       most its {@code before},
 *   <li>no event strictly between the two, and none before e<sub>1</sub>, is of the kind that must
 *       not happen there,
 *   <li>the time from e<sub>1</sub> to e<sub>i</sub> is at most {@code within}.
 * </ul>
 *
 * A sequence that ends in what must not happen is met when, for some such e<sub>1</sub> …
 * e<sub>n</sub>, none of it comes after e<sub>n</sub>: up to and with the instant e<sub>1</sub> +
 * {@code within}, which has to lie before the end of the window; or up to that end, where there is
 * no {@code within}.
 *
 * <p>Any such events count, not only the first that come. The time needed grows with events times
 * steps: of all chains that end in an event, only the least and the greatest first event are kept.
 * That is enough, because the events one step can follow on are an interval whose two ends never
 * move back; so two chains that cross can be swapped where they meet, and every first event between
 * the least and the greatest that leads anywhere leads there.
 */
final class SequenceMatcher {
  private static final int NONE = -1;

  private final SequencePattern pattern;
  private final long[] times;
  private final int[] masks;

  /** The events each step can follow on, as an interval of positions by event. */
  private final int[][] from;

  private final int[][] to;

  /** Least and greatest first event of the chains that end in an event. */
  private int[] least;

  private int[] greatest;

  /**
   * @param times of the events in their order
   * @param masks of the steps they match
   */
  SequenceMatcher(SequencePattern pattern, long[] times, int[] masks) {
    this.pattern = pattern;
    this.times = times;
    this.masks = masks;
    this.from = new int[pattern.steps().size()][];
    this.to = new int[pattern.steps().size()][];
  }

  /**
   * The step reached, from 0; {@link SequencePattern#last} where the sequence is met.
   *
   * @param end the instant after the last of the window
   */
  int reached(long end) {
    begin();
    if (!anyInTime()) {
      return 0;
    }
    for (int step = 1; step < pattern.steps().size(); step++) {
      follow(step);
      if (!anyInTime()) {
        return step;
      }
    }
    int all = pattern.steps().size();
    return pattern.endsInNever() && staysAway(end) ? all + 1 : all;
  }

  private void begin() {
    least = new int[times.length];
    Arrays.fill(least, NONE);
    Step first = pattern.steps().get(0);
    boolean spoilt = false;
    for (int event = 0; event < times.length && !spoilt; event++) {
      if (first.matches(masks[event])) {
        least[event] = event;
      }
      spoilt = (masks[event] & pattern.never()) != 0;
    }
    greatest = least.clone();
  }

  private void follow(int step) {
    intervals(step);
    Step next = pattern.steps().get(step);
    int[] nextLeast = extremes(step, next, least, Math::min);
    greatest = extremes(step, next, greatest, Math::max);
    least = nextLeast;
  }

  private void intervals(int step) {
    Step before = pattern.steps().get(step - 1);
    Step next = pattern.steps().get(step);
    from[step] = new int[times.length];
    to[step] = new int[times.length];
    int start = 0;
    int until = NONE;
    int spoilt = 0;
    for (int event = 0; event < times.length; event++) {
      while (next.before() != SequencePattern.ANY && times[event] - times[start] > next.before()) {
        start++;
      }
      while (until + 1 < event && times[event] - times[until + 1] >= next.after()) {
        until++;
      }
      from[step][event] = Math.max(start, spoilt);
      to[step][event] = until;
      if ((masks[event] & before.never()) != 0) {
        spoilt = event;
      }
    }
  }

  // The best of a sliding interval: what cannot become the best any more is dropped.
  private int[] extremes(int step, Step next, int[] firsts, IntBinaryOperator best) {
    int[] found = new int[times.length];
    Deque<Integer> candidates = new ArrayDeque<>();
    int taken = 0;
    for (int event = 0; event < times.length; event++) {
      for (; taken <= to[step][event]; taken++) {
        if (firsts[taken] == NONE) {
          continue;
        }
        while (!candidates.isEmpty()
            && best.applyAsInt(firsts[candidates.peekLast()], firsts[taken]) == firsts[taken]) {
          candidates.pollLast();
        }
        candidates.addLast(taken);
      }
      while (!candidates.isEmpty() && candidates.peekFirst() < from[step][event]) {
        candidates.pollFirst();
      }
      boolean follows = next.matches(masks[event]) && !candidates.isEmpty();
      found[event] = follows ? firsts[candidates.peekFirst()] : NONE;
    }
    return found;
  }

  private boolean anyInTime() {
    for (int event = 0; event < times.length; event++) {
      if (greatest[event] != NONE && times[event] - times[greatest[event]] <= pattern.within()) {
        return true;
      }
    }
    return false;
  }

  private boolean staysAway(long end) {
    int never = pattern.steps().get(pattern.steps().size() - 1).never();
    int[] leading = pattern.within() == SequencePattern.ANY ? null : leading();
    long next = end; // of what must not happen after the event
    boolean clear = true;
    for (int event = times.length - 1; event >= 0; event--) {
      if (greatest[event] != NONE) {
        boolean away = leading == null ? clear : awayWithin(event, next, leading);
        if (away) {
          return true;
        }
      }
      if ((masks[event] & never) != 0) {
        next = times[event];
        clear = false;
      }
    }
    return false;
  }

  // Whether a chain that ends in the event began late enough to end in time, and early enough for
  // its time to be over before the next of what must not happen.
  private boolean awayWithin(int last, long next, int[] leading) {
    long earliest = times[last] - pattern.within();
    long latest = next - pattern.within() - 1;
    int low = Math.max(least[last], firstFrom(earliest));
    int high = Math.min(greatest[last], firstFrom(latest + 1) - 1);
    return low <= high && leading[high + 1] > leading[low];
  }

  private int firstFrom(long time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many events before a position are first events of a chain of all steps. */
  private int[] leading() {
    int size = times.length;
    boolean[] alive = new boolean[size];
    for (int event = 0; event < size; event++) {
      alive[event] = greatest[event] != NONE;
    }
    for (int step = pattern.steps().size() - 1; step > 0; step--) {
      int[] change = new int[size + 1];
      for (int event = 0; event < size; event++) {
        if (alive[event] && from[step][event] <= to[step][event]) {
          change[from[step][event]]++;
          change[to[step][event] + 1]--;
        }
      }
      int open = 0;
      for (int event = 0; event < size; event++) {
        open += change[event];
        alive[event] = open > 0 && pattern.steps().get(step - 1).matches(masks[event]);
      }
    }
    int[] leading = new int[size + 1];
    for (int event = 0; event < size; event++) {
      leading[event + 1] = leading[event] + (alive[event] ? 1 : 0);
    }
    return leading;
  }
}
