package com.segumento.segment;

import com.segumento.model.ConfigException;
import com.segumento.model.Events;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Whole UTC days of events, both ends included. A window of n days is the business date and the n-1
 * days before it.
 */
record Span(LocalDate first, LocalDate last) {
  Span {
    if (first.isAfter(last)) {
      throw ConfigException.invalid("window", first + ".." + last, "at least one day");
    }
  }

  /** The {@code days} days that end with {@code last}. */
  static Span ending(LocalDate last, int days) {
    return new Span(last.minusDays(days - 1L), last);
  }

  int days() {
    return Math.toIntExact(last.toEpochDay() - first.toEpochDay() + 1);
  }

  /** Whether an event lies in the span. */
  Column holds() {
    Column day = Events.EVENT_DATE.col();
    return day.geq(functions.lit(first)).and(day.leq(functions.lit(last)));
  }

  /** The day of an event, from 0 for the first day of the span. */
  Column offset() {
    return functions.datediff(Events.EVENT_DATE.col(), functions.lit(first));
  }
}
