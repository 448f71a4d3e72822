package com.segumento.segment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** A trait of events, over rows in memory. */
record NaiveTrait(
    NaiveCondition where, NaiveWindow window, String function, Value value, String trend) {

  /** An expression over an event, as SQL and in Java. */
  record Value(String sql, Function<OracleEvent, Comparable<?>> of) {
    boolean numeric() {
      return !List.of("category", "place.district", "event_date", "code").contains(sql);
    }
  }

  private static final List<Value> NUMBERS =
      List.of(
          new Value("amount", OracleEvent::amount),
          new Value("quantity", OracleEvent::quantity),
          new Value("score", event -> event.score() == null ? null : event.score() + 0.0),
          new Value(
              "100 / quantity",
              event ->
                  event.quantity() == null || event.quantity() == 0
                      ? null
                      : 100.0 / event.quantity()));
  private static final List<Value> OTHERS =
      List.of(
          new Value("category", OracleEvent::category),
          new Value("place.district", OracleEvent::district),
          new Value("event_date", OracleEvent::day));
  private static final Value CODE = new Value("code", OracleEvent::code);
  private static final List<String> PLAIN =
      List.of("count", "distinct_days", "days_since_first", "days_since_last");
  private static final List<String> OF_NUMBERS = List.of("sum", "avg");
  private static final List<String> OF_ANY =
      List.of("min", "max", "first", "last", "top", "count_distinct", "approx_count_distinct");

  static NaiveTrait random(Random random, LocalDate date) {
    boolean compared = random.nextInt(4) == 0;
    NaiveWindow window =
        compared || random.nextInt(6) > 0
            ? NaiveWindow.random(random, date)
            : NaiveWindow.all(date);
    String function;
    Value value = null;
    int kind = random.nextInt(4);
    if (kind == 0) {
      function = PLAIN.get(random.nextInt(PLAIN.size()));
    } else if (kind == 1) {
      function = OF_NUMBERS.get(random.nextInt(OF_NUMBERS.size()));
      value = NUMBERS.get(random.nextInt(NUMBERS.size()));
    } else {
      function = OF_ANY.get(random.nextInt(OF_ANY.size()));
      List<Value> values = new ArrayList<>(NUMBERS);
      values.addAll(OTHERS);
      if (function.contains("count")) {
        values.add(CODE);
      }
      value = values.get(random.nextInt(values.size()));
    }
    boolean number = value == null || value.numeric() || function.contains("count");
    String trend = compared && number ? random.nextBoolean() ? "ratio" : "difference" : null;
    return new NaiveTrait(NaiveCondition.randomOrAll(random), window, function, value, trend);
  }

  String yaml() {
    return "{from: events, agg: \""
        + function
        + (value == null ? "" : "(" + value.sql() + ")")
        + "\""
        + where.yaml()
        + (window.text() == null ? "" : ", window: " + window.text())
        + (trend == null ? "" : ", trend: " + trend)
        + "}";
  }

  /** Whether it is by a sketch that need not be exact. */
  boolean sketched() {
    return function.startsWith("approx");
  }

  /** Whether it is a number without rounding of any kind. */
  boolean exact() {
    boolean number =
        value == null
            || value.sql().equals("amount")
            || value.sql().equals("quantity")
            || function.equals("count_distinct");
    return number && !sketched() && !"ratio".equals(trend) && !function.equals("avg");
  }

  Object of(List<OracleEvent> events) {
    Object now = aggregate(where.of(window.in(events)));
    if (trend == null) {
      return now;
    }
    Object before = aggregate(where.of(window.before().in(events)));
    if (now == null || before == null) {
      return null;
    }
    double first = ((Number) now).doubleValue();
    double second = ((Number) before).doubleValue();
    if (trend.equals("difference")) {
      return new BigDecimal(now.toString()).subtract(new BigDecimal(before.toString()));
    }
    return second == 0 ? null : first / second;
  }

  private Object aggregate(List<OracleEvent> events) {
    List<LocalDate> days = events.stream().map(OracleEvent::day).sorted().toList();
    return switch (function) {
      case "count" -> events.size();
      case "distinct_days" -> days.stream().distinct().count();
      case "days_since_first" -> days.isEmpty() ? null : age(days.get(0));
      case "days_since_last" -> days.isEmpty() ? null : age(days.get(days.size() - 1));
      default -> ofValues(events);
    };
  }

  private long age(LocalDate day) {
    return ChronoUnit.DAYS.between(day, window.date());
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // values of one expression are of one type
  private Object ofValues(List<OracleEvent> all) {
    List<OracleEvent> events =
        all.stream().filter(event -> value.of().apply(event) != null).toList();
    List<Comparable> values =
        events.stream().map(event -> (Comparable) value.of().apply(event)).toList();
    if (function.contains("count")) {
      return values.stream().distinct().count();
    }
    if (values.isEmpty()) {
      return null;
    }
    Comparator<OracleEvent> inTime =
        Comparator.comparing(OracleEvent::at)
            .thenComparing(event -> (Comparable) value.of().apply(event));
    return switch (function) {
      case "sum" -> sum(values);
      case "avg" -> mean(values);
      case "min" -> values.stream().min(Comparator.naturalOrder()).orElseThrow();
      case "max" -> values.stream().max(Comparator.naturalOrder()).orElseThrow();
      case "first" -> value.of().apply(events.stream().min(inTime).orElseThrow());
      case "last" -> value.of().apply(events.stream().max(inTime).orElseThrow());
      default -> top(values);
    };
  }

  @SuppressWarnings("rawtypes")
  private static BigDecimal sum(List<Comparable> values) {
    return values.stream()
        .filter(Objects::nonNull)
        .map(number -> new BigDecimal(number.toString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @SuppressWarnings("rawtypes")
  private Object mean(List<Comparable> values) {
    int scale = value.sql().equals("amount") ? 6 : 20;
    return sum(values).divide(BigDecimal.valueOf(values.size()), scale, RoundingMode.HALF_UP);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object top(List<Comparable> values) {
    Map<Comparable, Integer> times = new TreeMap<>();
    values.forEach(each -> times.merge(each, 1, Integer::sum));
    int most = times.values().stream().max(Integer::compare).orElseThrow();
    return times.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .findFirst() // the least
        .orElseThrow()
        .getKey();
  }
}
