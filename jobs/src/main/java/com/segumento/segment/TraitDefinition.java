package com.segumento.segment;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A checked trait.
 *
 * @param from event dataset
 * @param where which events count; all where there is none
 * @param days length of the window. Without one a trait looks at all history that retention keeps:
 *     the business date and the {@code events_days} before it, and not an event that has expired
 *     and is not purged yet, so that a night gives the same before and after a purge
 */
record TraitDefinition(
    String name, String from, Optional<SqlExpression> where, int days, Aggregate aggregate) {

  Span span(LocalDate date) {
    return Span.ending(date, days);
  }

  /** The trait of a person, over the person's events. */
  Column over(LocalDate date) {
    Span span = span(date);
    Column counts = where.map(rule -> rule.value().and(span.holds())).orElseGet(span::holds);
    return aggregate.over(counts, span).as(name);
  }

  /** The trait of a person, where a person without events has no row. */
  Column column() {
    Column value = functions.col(name);
    return aggregate.zeroForNone() ? functions.coalesce(value, functions.lit(0)).as(name) : value;
  }

  /** What the trait computes, whatever its name and however it is written. */
  String canonical() {
    return String.join(
        "|",
        from,
        where.map(SqlExpression::canonical).orElse(""),
        Integer.toString(days),
        aggregate.canonical());
  }
}
