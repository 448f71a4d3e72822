package com.segumento.segment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A sequence of steps, as it is defined and over rows in memory. */
record NaiveFunnel(
    List<NaiveCondition> conditions, NaiveSequence sequence, NaiveWindow window, String yaml) {

  static NaiveFunnel random(Random random, LocalDate date) {
    List<NaiveCondition> conditions = new ArrayList<>();
    List<NaiveSequence.Step> steps = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int size = 1 + random.nextInt(4);
    int sure = random.nextInt(size);
    for (int i = 0; i < size; i++) {
      NaiveCondition condition = NaiveCondition.random(random);
      conditions.add(condition);
      boolean never = i != sure && random.nextInt(3) == 0;
      int after = never || random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(48);
      int before = never || random.nextInt(3) > 0 ? 0 : after + 1 + random.nextInt(400);
      steps.add(new NaiveSequence.Step(never, micros(after), micros(before)));
      texts.add(text(condition, never, after, before));
    }
    int within = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(40);
    NaiveWindow window =
        random.nextInt(4) == 0 ? NaiveWindow.all(date) : NaiveWindow.random(random, date);
    String yaml =
        "sequence: {from: events, steps: ["
            + String.join(", ", texts)
            + "]"
            + (within == 0 ? "" : ", within: " + within + "d")
            + (window.text() == null ? "" : ", window: " + window.text())
            + "}";
    return new NaiveFunnel(conditions, new NaiveSequence(steps, micros(within * 24)), window, yaml);
  }

  private static String text(NaiveCondition condition, boolean never, int after, int before) {
    String quoted = "\"" + condition.sql() + "\"";
    if (never) {
      return "{not: " + quoted + "}";
    }
    if (after == 0 && before == 0) {
      return quoted;
    }
    return "{step: "
        + quoted
        + (after == 0 ? "" : ", after: " + after + "h")
        + (before == 0 ? "" : ", before: " + before * 60 + "m")
        + "}";
  }

  private static long micros(int hours) {
    return hours == 0 ? -1 : TimeUnit.HOURS.toMicros(hours);
  }

  int reached(List<OracleEvent> events) {
    LocalDate last = window.date();
    while (!window.holds().test(last) && last.isAfter(window.date().minusDays(100))) {
      last = last.minusDays(1);
    }
    long end = micros(last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    List<NaiveSequence.Event> found =
        window.in(events).stream()
            .map(
                event ->
                    new NaiveSequence.Event(
                        micros(event.at()),
                        conditions.stream()
                            .map(condition -> condition.holds().test(event))
                            .toList()))
            .filter(event -> event.matches().contains(true))
            .sorted(
                Comparator.comparingLong(NaiveSequence.Event::time)
                    .thenComparing(event -> SequenceMatcherTest.mask(event.matches())))
            .toList();
    return sequence.reached(found, end);
  }

  /** What is reached by who met all of it. */
  int last() {
    List<NaiveSequence.Step> steps = sequence.steps();
    long happening = steps.stream().filter(step -> !step.never()).count();
    return (int) happening + (steps.get(steps.size() - 1).never() ? 1 : 0);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
