package com.segumento.segment;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A window, as a test of each day.
 *
 * @param text as it is defined; none where it is null
 */
record NaiveWindow(String text, Predicate<LocalDate> holds, LocalDate date) {

  static NaiveWindow all(LocalDate date) {
    return new NaiveWindow(null, day -> true, date);
  }

  static NaiveWindow days(int days, int ago, LocalDate date) {
    String text = days + "d" + (ago == 0 ? "" : " ending " + ago + "d ago");
    return new NaiveWindow(
        text,
        day -> {
          long age = ChronoUnit.DAYS.between(day, date);
          return age >= ago && age < ago + days;
        },
        date);
  }

  static NaiveWindow random(Random random, LocalDate date) {
    int[] lengths = {1, 2, 7, 28, 30, 60, 90, 365, 500};
    return switch (random.nextInt(6)) {
      case 0 ->
          new NaiveWindow(
              "this month",
              day -> YearMonth.from(day).equals(YearMonth.from(date)) && !day.isAfter(date),
              date);
      case 1 ->
          new NaiveWindow(
              "last month",
              day -> YearMonth.from(day).equals(YearMonth.from(date).minusMonths(1)),
              date);
      case 2 -> {
        LocalDate since = date.minusDays(random.nextInt(40) * random.nextInt(12) - 2);
        yield new NaiveWindow(
            "since " + since, day -> !day.isBefore(since) && !day.isAfter(date), date);
      }
      case 3 -> days(lengths[random.nextInt(lengths.length)], 1 + random.nextInt(30), date);
      default -> days(lengths[random.nextInt(lengths.length)], 0, date);
    };
  }

  /** The events that lie in it and are kept. */
  List<OracleEvent> in(List<OracleEvent> events) {
    return events.stream().filter(event -> kept(event.day()) && holds.test(event.day())).toList();
  }

  /** As many days, right before. */
  NaiveWindow before() {
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = date.minusDays(1200); !day.isAfter(date); day = day.plusDays(1)) {
      if (holds.test(day)) {
        days.add(day);
      }
    }
    if (days.isEmpty()) {
      return new NaiveWindow(text, day -> false, date);
    }
    LocalDate end = days.get(0);
    LocalDate start = end.minusDays(days.size());
    return new NaiveWindow(text, day -> !day.isBefore(start) && day.isBefore(end), date);
  }

  private boolean kept(LocalDate day) {
    return !day.isAfter(date) && !day.isBefore(date.minusDays(OracleEvent.RETAINED_DAYS));
  }
}
