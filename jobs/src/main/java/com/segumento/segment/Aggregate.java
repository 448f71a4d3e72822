package com.segumento.segment;

import com.segumento.model.Events;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** What a trait makes of the events that count. */
sealed interface Aggregate
    permits Aggregate.Count,
        Aggregate.DaysSince,
        Aggregate.DistinctPeriods,
        Aggregate.FirstWithin,
        Aggregate.Stopped,
        Aggregate.Restarted,
        SequenceAggregate,
        ValueAggregate {
  /** Periods one 64-bit word of {@link DistinctPeriods} can tell apart. */
  int WORD = Long.SIZE;

  /** The aggregate over the events of a person. */
  Column over(Counted events);

  /** What a person without such events has; null where nothing is known of nothing. */
  default Column none() {
    return functions.lit(null);
  }

  /** Whether it is a number. */
  default boolean numeric() {
    return true;
  }

  /** Columns of the events it reads beside their day. */
  default Set<String> columns() {
    return Set.of();
  }

  /** The same text for every way of writing the same aggregate. */
  String canonical();

  /** How many. */
  record Count() implements Aggregate {
    @Override
    public Column over(Counted events) {
      return functions.count(functions.when(events.counts(), functions.lit(1)));
    }

    @Override
    public Column none() {
      return functions.lit(0L);
    }

    @Override
    public String canonical() {
      return "count";
    }
  }

  /** Days from the first or the last event to the business date; 0 on the day itself. */
  record DaysSince(End end) implements Aggregate {
    /** Which event. */
    enum End {
      FIRST,
      LAST
    }

    @Override
    public Column over(Counted events) {
      Column days = functions.when(events.counts(), Events.EVENT_DATE.col());
      Column day = end == End.FIRST ? functions.min(days) : functions.max(days);
      return functions.datediff(functions.lit(events.date()), day);
    }

    @Override
    public String canonical() {
      return "days_since_" + end.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Periods with an event, exactly: one bit a period. A word of 64 periods is one number a person,
   * where a set would fall back to sorting and {@code count(distinct)} would multiply the events.
   *
   * @param days length of a period; the last one ends with the window
   */
  record DistinctPeriods(int days) implements Aggregate {
    @Override
    public Column over(Counted events) {
      Column age = functions.datediff(functions.lit(events.span().last()), Events.EVENT_DATE.col());
      Column period =
          days == 1 ? age : functions.floor(age.divide(days)).cast(DataTypes.IntegerType);
      Column periods = functions.lit(0);
      for (int from = 0; from * days < events.span().days(); from += WORD) {
        Column inWord = period.geq(from).and(period.lt(from + WORD));
        Column bit = functions.call_function("shiftleft", functions.lit(1L), period.minus(from));
        Column word = functions.bit_or(functions.when(events.counts().and(inWord), bit));
        periods = periods.plus(functions.coalesce(functions.bit_count(word), functions.lit(0)));
      }
      return periods;
    }

    @Override
    public Column none() {
      return functions.lit(0);
    }

    @Override
    public String canonical() {
      return days == 1 ? "distinct_days" : "distinct_periods|" + days;
    }
  }

  /** Whether the first event lies in a window. */
  record FirstWithin(Window window) implements Aggregate {
    @Override
    public Column over(Counted events) {
      Column first = functions.min(functions.when(events.counts(), Events.EVENT_DATE.col()));
      return window.span(events.date()).holds(first);
    }

    @Override
    public Column none() {
      return functions.lit(false);
    }

    @Override
    public boolean numeric() {
      return false;
    }

    @Override
    public String canonical() {
      return "first|" + window.canonical();
    }
  }

  /** Whether there are events, but none on the last {@code silent} days. */
  record Stopped(int silent) implements Aggregate {
    @Override
    public Column over(Counted events) {
      Column last = functions.max(functions.when(events.counts(), Events.EVENT_DATE.col()));
      return last.leq(functions.lit(events.date().minusDays(silent)));
    }

    @Override
    public Column none() {
      return functions.lit(false);
    }

    @Override
    public boolean numeric() {
      return false;
    }

    @Override
    public String canonical() {
      return "stopped|" + silent;
    }
  }

  /**
   * Whether there are events on the last {@code recent} days, none on the {@code silent} days
   * before these, and some before that.
   */
  record Restarted(int recent, int silent) implements Aggregate {
    @Override
    public Column over(Counted events) {
      Column day = Events.EVENT_DATE.col();
      Column pause = functions.lit(events.date().minusDays(recent));
      Column last = functions.max(functions.when(events.counts(), day));
      Column earlier = functions.max(functions.when(events.counts().and(day.leq(pause)), day));
      return last.gt(pause)
          .and(earlier.leq(functions.lit(events.date().minusDays((long) recent + silent))));
    }

    @Override
    public Column none() {
      return functions.lit(false);
    }

    @Override
    public boolean numeric() {
      return false;
    }

    @Override
    public String canonical() {
      return "restarted|" + recent + "|" + silent;
    }
  }
}
