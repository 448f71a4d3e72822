package com.segumento.generate;

import com.segumento.model.ConfigException;
import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * What to generate. The same settings for the same contract give the same bytes.
 *
 * @param persons who exist by the last day, at least 1
 * @param days business days, from {@code from} on
 * @param seed of everything that looks random
 * @param from first day with events
 * @param nights last days that get a drop of their own, 1 to {@code days}; the first of these drops
 *     carries the whole history before it too
 * @param eventsPerPerson mean over the whole period for each event dataset
 * @param brokenRate share of rows that break the contract; where not given, {@link
 *     #DEFAULT_BROKEN_RATE} or a quarter of what the contract lets be quarantined, whichever is
 *     less
 * @param duplicateRate share of events delivered twice
 * @param lateRate share of events delivered one to three days after their own
 */
public record GeneratorSettings(
    long persons,
    int days,
    long seed,
    LocalDate from,
    int nights,
    double eventsPerPerson,
    OptionalDouble brokenRate,
    double duplicateRate,
    double lateRate) {
  /** Nights with a drop of their own. */
  public static final int DEFAULT_NIGHTS = 2;

  /** Events. */
  public static final double DEFAULT_EVENTS_PER_PERSON = 10;

  /** Share of rows. */
  public static final double DEFAULT_BROKEN_RATE = 0.005;

  /** Share of events. */
  public static final double DEFAULT_DUPLICATE_RATE = 0.01;

  /** Share of events. */
  public static final double DEFAULT_LATE_RATE = 0.02;

  private static final int MOST_DAYS = 3660;
  private static final double MOST_EVENTS_PER_PERSON = 1000;

  public GeneratorSettings {
    require(persons >= 1, "persons", persons, "an integer of at least 1");
    require(days >= 1 && days <= MOST_DAYS, "days", days, "an integer between 1 and " + MOST_DAYS);
    require(
        nights >= 1 && nights <= days, "nights", nights, "an integer between 1 and days, " + days);
    require(
        eventsPerPerson > 0 && eventsPerPerson <= MOST_EVENTS_PER_PERSON,
        "events_per_person",
        eventsPerPerson,
        "a number above 0, at most " + MOST_EVENTS_PER_PERSON);
    share("broken_rate", brokenRate.orElse(0));
    share("duplicate_rate", duplicateRate);
    share("late_rate", lateRate);
  }

  /** These persons and days with every rate at its default. */
  public static GeneratorSettings of(
      long persons, int days, long seed, LocalDate from, int nights) {
    return new GeneratorSettings(
        persons,
        days,
        seed,
        from,
        nights,
        DEFAULT_EVENTS_PER_PERSON,
        OptionalDouble.empty(),
        DEFAULT_DUPLICATE_RATE,
        DEFAULT_LATE_RATE);
  }

  /** The same with another share of broken rows. */
  public GeneratorSettings withBrokenRate(double rate) {
    return new GeneratorSettings(
        persons,
        days,
        seed,
        from,
        nights,
        eventsPerPerson,
        OptionalDouble.of(rate),
        duplicateRate,
        lateRate);
  }

  /** Days from {@link #from} to the drop of this night, the first being 0. */
  int dayOfNight(int night) {
    return days - nights + night;
  }

  private static void share(String name, double value) {
    require(value >= 0 && value <= 1, name, value, "a share between 0 and 1");
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw ConfigException.invalid("generate." + name, value, expected);
    }
  }
}
