package com.segumento.generate;

import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/** When and how much people shop. */
final class Activity {
  /** Tail of the number of events a person: the smaller, the more the busiest ones hold. */
  private static final double TAIL = 1.5;

  private static final int MOST_EVENTS = 20_000;

  /** Share of persons who were customers before the first day. */
  private static final double EXISTING = 0.9;

  private static final int SECONDS_OF_HOUR = 3600;

  /** Start of the last session of a day, so that no session passes midnight. */
  static final int LAST_START = 86_400 - SECONDS_OF_HOUR / 2;

  // January to December: festivals in autumn, a lull in the monsoon.
  private static final double[] MONTHS = {
    1.05, 0.95, 1.0, 0.95, 0.95, 0.85, 0.85, 0.95, 1.05, 1.35, 1.3, 1.15
  };
  private static final double[] HOURS = {
    0.4, 0.2, 0.1, 0.1, 0.1, 0.3, 0.7, 1.2, 1.8, 2.4, 2.8, 3.0, 3.1, 2.9, 2.6, 2.6, 2.8, 3.2, 3.8,
    4.4, 4.6, 3.8, 2.2, 1.0
  };
  private static final Alias HOUR = new Alias(HOURS);
  private static final double WEEKEND = 1.45;
  private static final double PAYDAY = 1.3;
  private static final int PAYDAYS = 7;

  private Activity() {}

  /** The day someone became a customer, counted from the first day; existing customers below 1. */
  static Column joined(GeneratorSettings settings, Column person) {
    Draw draw = Draw.of(settings.seed(), "joined");
    Column late = draw.uniform(person).minus(EXISTING).divide(1 - EXISTING);
    return greatest(floor(late.multiply(settings.days())), lit(-1L)).cast("int");
  }

  /** Events of a person in the whole period: a Lomax (Pareto II) number of the mean set. */
  static Column events(GeneratorSettings settings, String dataset, Column person) {
    double scale = (settings.eventsPerPerson() + 0.5) * (TAIL - 1);
    Column uniform = lit(1.0).minus(Draw.of(settings.seed(), dataset, "events").uniform(person));
    Column events = pow(uniform, lit(-1 / TAIL)).minus(1).multiply(scale);
    return floor(least(events, lit((double) MOST_EVENTS)));
  }

  /** The day of a session, counted from the first day, not before {@code joined}. */
  static Column day(GeneratorSettings settings, Draw draw, Column joined, Column... keys) {
    double[] weights =
        IntStream.range(0, settings.days())
            .mapToDouble(day -> weight(settings.from().plusDays(day)))
            .toArray();
    Column day = new Alias(weights).pick(draw.uniform(keys));
    Column after = draw.below(lit(settings.days()).minus(joined), keys).plus(joined).cast("int");
    return when(day.lt(joined), after).otherwise(day);
  }

  /** Second of the day at which a session begins. */
  static Column start(Draw hour, Draw second, Column... keys) {
    Column begin =
        HOUR.pick(hour.uniform(keys))
            .multiply(SECONDS_OF_HOUR)
            .plus(second.below(SECONDS_OF_HOUR, keys));
    return least(begin, lit((long) LAST_START));
  }

  private static double weight(LocalDate day) {
    double weight = MONTHS[day.getMonthValue() - 1];
    weight *= day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0 ? WEEKEND : 1;
    return weight * (day.getDayOfMonth() <= PAYDAYS ? PAYDAY : 1);
  }
}
