package com.segumento.segment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Traits and segments of {@link SegmentStageTest} over rows in memory, in plain Java. */
record NaiveSegments(LocalDate date) {
  record Person(int id, Integer age, String tier) {}

  record Event(int person, Instant at, String kind, BigDecimal amount) {
    LocalDate day() {
      return at.atZone(ZoneOffset.UTC).toLocalDate();
    }
  }

  /** Values of the traits of one person, by name. */
  Map<String, Object> traits(List<Event> events) {
    List<Event> bought90 = within(events, 90, event -> "purchase".equals(event.kind()));
    List<Event> all = within(events, SegmentFixtures.RETAINED_DAYS + 1, event -> true);
    List<BigDecimal> spent90 = amounts(bought90);
    Map<String, Object> traits = new HashMap<>();
    traits.put("orders_90d", (long) bought90.size());
    traits.put("spend_90d", sum(spent90));
    traits.put("active_days_28d", days(within(events, 28, event -> true)));
    traits.put("active_days", days(all));
    traits.put("cheap_90d", (long) within(events, 90, NaiveSegments::cheap).size());
    traits.put("visits", 0L);
    putAmounts(traits, events, all, spent90);
    traits.put(
        "last_order",
        all.stream()
            .filter(event -> "purchase".equals(event.kind()))
            .map(Event::day)
            .max(LocalDate::compareTo)
            .map(day -> (int) ChronoUnit.DAYS.between(day, date))
            .orElse(null));
    return traits;
  }

  // Of a division by zero nothing is known, so that the event does not count.
  private static boolean cheap(Event event) {
    return event.amount() != null
        && event.amount().signum() != 0
        && 100 / event.amount().doubleValue() > 20;
  }

  private void putAmounts(
      Map<String, Object> traits, List<Event> events, List<Event> all, List<BigDecimal> spent90) {
    traits.put(
        "largest",
        amounts(within(events, 365, event -> true)).stream()
            .max(BigDecimal::compareTo)
            .orElse(null));
    traits.put(
        "smallest_doubled",
        amounts(all).stream()
            .map(amount -> amount.multiply(BigDecimal.valueOf(2)))
            .min(BigDecimal::compareTo)
            .orElse(null));
    traits.put(
        "mean_90d",
        spent90.isEmpty()
            ? null
            : sum(spent90).divide(BigDecimal.valueOf(spent90.size()), 6, RoundingMode.HALF_UP));
  }

  /** The segments one person is in. */
  Set<String> segments(Person person, Map<String, Object> traits) {
    Set<String> in = new TreeSet<>();
    BigDecimal spend = (BigDecimal) traits.get("spend_90d");
    long orders = (Long) traits.get("orders_90d");
    Integer last = (Integer) traits.get("last_order");
    if (spend != null && spend.compareTo(BigDecimal.TEN) >= 0) {
      in.add("spender");
    }
    if (last != null && last >= 28 && last <= 365) {
      in.add("lapsed");
    }
    if ((Integer) traits.get("active_days_28d") >= 2 && person.age() != null && person.age() < 30) {
      in.add("active_young");
    }
    if (spend != null && orders != 1 && spend.doubleValue() / (orders - 1) > 5) {
      in.add("ratio");
    }
    if (spend != null && orders != 1 && spend.doubleValue() / (orders - 1) > 9) {
      in.add("high_ratio");
    }
    if (orders == 0 && "metro".equals(person.tier())) {
      in.add("silent_metro");
    }
    return in;
  }

  private List<Event> within(List<Event> events, int days, Predicate<Event> counts) {
    List<Event> found = new ArrayList<>();
    for (Event event : events) {
      long age = ChronoUnit.DAYS.between(event.day(), date);
      if (age >= 0 && age < days && counts.test(event)) {
        found.add(event);
      }
    }
    return found;
  }

  private static int days(List<Event> events) {
    return (int) events.stream().map(Event::day).distinct().count();
  }

  private static List<BigDecimal> amounts(List<Event> events) {
    return events.stream().map(Event::amount).filter(Objects::nonNull).toList();
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal::add).orElse(null);
  }
}
