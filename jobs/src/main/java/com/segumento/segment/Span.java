package com.segumento.segment;

import com.segumento.model.Events;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Whole UTC days of events, both ends included. A window of n days is the business date and the n-1
 * days before it. There are no days in it where the first lies after the last.
 */
record Span(LocalDate first, LocalDate last) {

  /** The {@code days} days that end with {@code last}. */
  static Span ending(LocalDate last, int days) {
    return new Span(last.minusDays(days - 1L), last);
  }

  /** The least that holds all of them; of none or empty ones, an empty one. */
  static Span hull(Collection<Span> spans, LocalDate date) {
    List<Span> filled = spans.stream().filter(span -> span.days() > 0).toList();
    if (filled.isEmpty()) {
      return new Span(date, date.minusDays(1));
    }
    return new Span(
        filled.stream().map(Span::first).min(Comparator.naturalOrder()).orElseThrow(),
        filled.stream().map(Span::last).max(Comparator.naturalOrder()).orElseThrow());
  }

  int days() {
    return Math.max(0, Math.toIntExact(last.toEpochDay() - first.toEpochDay() + 1));
  }

  /** The days both have. */
  Span within(Span other) {
    return new Span(
        first.isBefore(other.first) ? other.first : first,
        last.isAfter(other.last) ? other.last : last);
  }

  /** As many days, right before these. */
  Span before() {
    return ending(first.minusDays(1), days());
  }

  /** Whether an event lies in the span. */
  Column holds() {
    return holds(Events.EVENT_DATE.col());
  }

  /** Whether a day lies in the span. */
  Column holds(Column day) {
    return day.geq(functions.lit(first)).and(day.leq(functions.lit(last)));
  }

  /** The day of an event, from 0 for the first day of the span. */
  Column offset() {
    return functions.datediff(Events.EVENT_DATE.col(), functions.lit(first));
  }
}
