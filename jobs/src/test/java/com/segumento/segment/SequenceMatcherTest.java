package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceMatcherTest {
  private static final int CASES = 300_000;
  private static final int LAST = 11;

  @Test
  void agreesWithTryingEveryChoice() {
    Random random = new Random(20240229);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < CASES; i++) {
      NaiveSequence naive = sequence(random);
      List<NaiveSequence.Event> events = events(random, naive.steps().size());
      long end = LAST + 1L + random.nextInt(4);
      int reached = matcher(naive, events).reached(end);
      assertThat(reached)
          .as(() -> naive + " over " + events + " until " + end)
          .isEqualTo(naive.reached(events, end));
      seen.add(kind(naive) + " reached " + reached + " of " + pattern(naive).last());
    }
    assertThat(seen).as("kinds of sequences and what is reached of them").hasSizeGreaterThan(60);
  }

  // 40,000 views with a cart after each: greedy choices are wrong, all choices are too many.
  @Test
  void timeGrowsWithTheEventsAlone() {
    int size = 40_000;
    long[] times = new long[size];
    int[] masks = new int[size];
    for (int i = 0; i < size; i++) {
      times[i] = i;
      masks[i] = i % 2 == 0 ? 1 : 2;
    }
    SequencePattern pattern =
        pattern(
            new NaiveSequence(
                List.of(
                    new NaiveSequence.Step(false, -1, -1),
                    new NaiveSequence.Step(false, size / 2, -1),
                    new NaiveSequence.Step(false, size / 3, size),
                    new NaiveSequence.Step(true, -1, -1)),
                size));
    assertThat(new SequenceMatcher(pattern, times, masks).reached(2L * size)).isEqualTo(2);
  }

  private static String kind(NaiveSequence naive) {
    return naive.steps().stream().map(step -> step.never() ? "n" : "s").toList()
        + (naive.within() < 0 ? "" : " within");
  }

  private static NaiveSequence sequence(Random random) {
    List<NaiveSequence.Step> steps = new ArrayList<>();
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      boolean never = random.nextInt(3) == 0;
      long after = never || random.nextInt(3) > 0 ? -1 : 1 + random.nextInt(3);
      long before = never || random.nextInt(3) > 0 ? -1 : Math.max(0, after) + random.nextInt(4);
      steps.add(new NaiveSequence.Step(never, after, before));
    }
    if (steps.stream().allMatch(NaiveSequence.Step::never)) {
      steps.set(0, new NaiveSequence.Step(false, -1, -1));
    }
    return new NaiveSequence(steps, random.nextInt(3) == 0 ? -1 : random.nextInt(10));
  }

  private static List<NaiveSequence.Event> events(Random random, int steps) {
    List<NaiveSequence.Event> events = new ArrayList<>();
    for (int n = random.nextInt(9); n > 0; n--) {
      List<Boolean> matches = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        matches.add(random.nextInt(5) < 2);
      }
      events.add(new NaiveSequence.Event(random.nextInt(LAST + 1), matches));
    }
    events.sort(Comparator.comparingLong(NaiveSequence.Event::time));
    return events;
  }

  private static SequenceMatcher matcher(NaiveSequence naive, List<NaiveSequence.Event> events) {
    long[] times = events.stream().mapToLong(NaiveSequence.Event::time).toArray();
    int[] masks = events.stream().mapToInt(event -> mask(event.matches())).toArray();
    return new SequenceMatcher(pattern(naive), times, masks);
  }

  static int mask(List<Boolean> matches) {
    int mask = 0;
    for (int i = 0; i < matches.size(); i++) {
      mask |= matches.get(i) ? 1 << i : 0;
    }
    return mask;
  }

  private static SequencePattern pattern(NaiveSequence naive) {
    List<SequencePattern.Step> steps = new ArrayList<>();
    int atFirst = 0;
    for (int i = 0; i < naive.steps().size(); i++) {
      NaiveSequence.Step step = naive.steps().get(i);
      long before = step.before() < 0 ? SequencePattern.ANY : step.before();
      if (!step.never()) {
        steps.add(new SequencePattern.Step(1 << i, 0, Math.max(0, step.after()), before));
      } else if (steps.isEmpty()) {
        atFirst |= 1 << i;
      } else {
        SequencePattern.Step last = steps.remove(steps.size() - 1);
        steps.add(
            new SequencePattern.Step(
                last.bit(), last.never() | (1 << i), last.after(), last.before()));
      }
    }
    long within = naive.within() < 0 ? SequencePattern.ANY : naive.within();
    return new SequencePattern(steps, atFirst, within);
  }
}
