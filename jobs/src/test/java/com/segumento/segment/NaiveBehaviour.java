package com.segumento.segment;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** A rule over the events of a person, as it is defined and over rows in memory. */
record NaiveBehaviour(String yaml, Predicate<List<OracleEvent>> holds) {

  static NaiveBehaviour random(Random random, LocalDate date) {
    NaiveCondition where = NaiveCondition.randomOrAll(random);
    NaiveWindow all = NaiveWindow.all(date);
    String from = "{from: events" + where.yaml();
    return switch (random.nextInt(6)) {
      case 0 -> did(random, date, where, from);
      case 1 -> {
        NaiveWindow window = window(random, date);
        yield new NaiveBehaviour(
            "did_not: " + from + text(window) + "}",
            events -> where.of(window.in(events)).isEmpty());
      }
      case 2 -> {
        NaiveWindow window = NaiveWindow.random(random, date);
        yield new NaiveBehaviour(
            "first: " + from + text(window) + "}",
            events ->
                where.of(all.in(events)).stream()
                    .map(OracleEvent::day)
                    .min(LocalDate::compareTo)
                    .filter(window.holds())
                    .isPresent());
      }
      case 3 -> regularly(random, date, where, from);
      case 4 -> stopped(1 + random.nextInt(60), 1 + random.nextInt(40), date, where, from);
      default -> restarted(1 + random.nextInt(30), 1 + random.nextInt(40), date, where, from);
    };
  }

  private static NaiveBehaviour did(
      Random random, LocalDate date, NaiveCondition where, String from) {
    NaiveWindow window = window(random, date);
    int least = 1 + random.nextInt(3);
    int most = random.nextBoolean() ? 1000 : least + random.nextInt(2);
    String bounds =
        (least == 1 ? "" : ", at_least: " + least) + (most == 1000 ? "" : ", at_most: " + most);
    return new NaiveBehaviour(
        "did: " + from + text(window) + bounds + "}",
        events -> {
          int times = where.of(window.in(events)).size();
          return times >= least && times <= most;
        });
  }

  private static NaiveBehaviour regularly(
      Random random, LocalDate date, NaiveCondition where, String from) {
    int every = new int[] {1, 2, 7, 28, 30}[random.nextInt(5)];
    int periods = random.nextInt(8) == 0 ? 100 : 2 + random.nextInt(5);
    int least = 1 + random.nextInt(Math.min(3, periods));
    return new NaiveBehaviour(
        "regularly: %s, every: %dd, periods: %d, at_least: %d}"
            .formatted(from, every, periods, least),
        events -> {
          int found = 0;
          for (int period = 0; period < periods; period++) {
            NaiveWindow window = NaiveWindow.days(every, period * every, date);
            found += where.of(window.in(events)).isEmpty() ? 0 : 1;
          }
          return found >= least;
        });
  }

  private static NaiveBehaviour stopped(
      int active, int silent, LocalDate date, NaiveCondition where, String from) {
    return new NaiveBehaviour(
        "stopped: %s, active: %dd, silent: %dd}".formatted(from, active, silent),
        events ->
            where.of(NaiveWindow.days(silent, 0, date).in(events)).isEmpty()
                && !where.of(NaiveWindow.days(active, silent, date).in(events)).isEmpty());
  }

  private static NaiveBehaviour restarted(
      int recent, int silent, LocalDate date, NaiveCondition where, String from) {
    return new NaiveBehaviour(
        "restarted: %s, recent: %dd, silent: %dd}".formatted(from, recent, silent),
        events ->
            !where.of(NaiveWindow.days(recent, 0, date).in(events)).isEmpty()
                && where.of(NaiveWindow.days(silent, recent, date).in(events)).isEmpty()
                && !where.of(NaiveWindow.days(9999, recent + silent, date).in(events)).isEmpty());
  }

  private static NaiveWindow window(Random random, LocalDate date) {
    return random.nextInt(5) == 0 ? NaiveWindow.all(date) : NaiveWindow.random(random, date);
  }

  private static String text(NaiveWindow window) {
    return window.text() == null ? "" : ", window: " + window.text();
  }
}
