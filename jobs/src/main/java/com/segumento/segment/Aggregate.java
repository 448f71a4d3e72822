package com.segumento.segment;

import com.segumento.model.Events;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** What a trait makes of the events that count. */
sealed interface Aggregate {
  /** Days one 64-bit word of {@link DistinctDays} can tell apart. */
  int WORD = Long.SIZE;

  /** The aggregate over the events of a person for which {@code counts} is true. */
  Column over(Column counts, Span span);

  /** Whether a person without such events has 0, and not null. */
  boolean zeroForNone();

  /** The same text for every way of writing the same aggregate. */
  String canonical();

  /** How many. */
  record Count() implements Aggregate {
    @Override
    public Column over(Column counts, Span span) {
      return functions.count(functions.when(counts, functions.lit(1)));
    }

    @Override
    public boolean zeroForNone() {
      return true;
    }

    @Override
    public String canonical() {
      return "count";
    }
  }

  /** Sum, least, greatest or mean of an expression; an overflow is null. */
  record OfValue(Function function, SqlExpression value) implements Aggregate {
    /** The aggregates of a value. */
    enum Function {
      SUM,
      MIN,
      MAX,
      AVG
    }

    @Override
    public Column over(Column counts, Span span) {
      Column counted = functions.when(counts, value.value());
      return switch (function) {
        case SUM -> functions.try_sum(counted);
        case MIN -> functions.min(counted);
        case MAX -> functions.max(counted);
        case AVG -> functions.try_avg(counted);
      };
    }

    @Override
    public boolean zeroForNone() {
      return false;
    }

    @Override
    public String canonical() {
      return function + "(" + value.canonical() + ")";
    }
  }

  /** Days from the last event to the business date; 0 on the day itself. */
  record DaysSinceLast() implements Aggregate {
    @Override
    public Column over(Column counts, Span span) {
      return functions.datediff(
          functions.lit(span.last()),
          functions.max(functions.when(counts, Events.EVENT_DATE.col())));
    }

    @Override
    public boolean zeroForNone() {
      return false;
    }

    @Override
    public String canonical() {
      return "days_since_last";
    }
  }

  /**
   * Days with an event, exactly: one bit a day. A word of 64 days is one number a person, where a
   * set would fall back to sorting and {@code count(distinct)} would multiply the events.
   */
  record DistinctDays() implements Aggregate {
    @Override
    public Column over(Column counts, Span span) {
      Column offset = span.offset();
      Column days = functions.lit(0);
      for (int from = 0; from < span.days(); from += WORD) {
        Column inWord = offset.geq(from).and(offset.lt(from + WORD));
        Column bit = functions.call_function("shiftleft", functions.lit(1L), offset.minus(from));
        Column word = functions.bit_or(functions.when(counts.and(inWord), bit));
        days = days.plus(functions.coalesce(functions.bit_count(word), functions.lit(0)));
      }
      return days;
    }

    @Override
    public boolean zeroForNone() {
      return true;
    }

    @Override
    public String canonical() {
      return "distinct_days";
    }
  }
}
