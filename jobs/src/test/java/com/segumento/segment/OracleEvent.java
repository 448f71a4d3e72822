package com.segumento.segment;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An event of a person, as the naive evaluators see it.
 *
 * @param code of the place, as it was written
 */
record OracleEvent(
    int person,
    Instant at,
    String kind,
    BigDecimal amount,
    Integer quantity,
    Double score,
    String category,
    String code) {
  static final int RETAINED_DAYS = 400;

  /** District and tier by code, in every way it is written. */
  static final Map<String, List<String>> PLACES =
      Map.of(
          "560001", List.of("Bengaluru", "metro"),
          "IN 560 001", List.of("Bengaluru", "metro"),
          "560002.0", List.of("Bengaluru", "metro"),
          "641-001", List.of("Coimbatore", "tier2"));

  private static final int[] AGES = {
    -40, -1, 0, 0, 0, 1, 1, 2, 5, 6, 7, 8, 13, 14, 27, 28, 29, 30, 31, 34, 58, 59, 60, 61, 62, 89,
    90, 364, 365, 399, 400, 401
  };
  private static final String[] CODES = {
    null, "560001", "IN 560 001", "560002.0", "641-001", "641-001", "999999", "no code"
  };
  private static final long[] SECONDS = {0, 1, 43_200, 86_399};

  LocalDate day() {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }

  String district() {
    return code != null && PLACES.containsKey(code) ? PLACES.get(code).get(0) : null;
  }

  String tier() {
    return code != null && PLACES.containsKey(code) ? PLACES.get(code).get(1) : null;
  }

  /** Events of persons 0 to {@code persons}-1 about the edges of windows, many at one instant. */
  static List<OracleEvent> random(Random random, LocalDate date, int persons) {
    List<OracleEvent> events = new ArrayList<>();
    for (int person = 0; person < persons; person++) {
      int spread = random.nextBoolean() ? AGES.length : 10;
      for (int n = random.nextInt(4) * random.nextInt(6); n > 0; n--) {
        LocalDate day = date.minusDays(AGES[random.nextInt(spread)]);
        events.add(event(random, person, day));
      }
      if (!events.isEmpty() && random.nextInt(4) == 0) {
        events.add(events.get(events.size() - 1)); // two events alike are two events
      }
    }
    return events;
  }

  private static OracleEvent event(Random random, int person, LocalDate day) {
    long second = SECONDS[random.nextInt(SECONDS.length)];
    long micros = second == 86_399 ? 999_999 : 0;
    Instant at =
        day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(second).plusNanos(micros * 1000);
    double[] scores = {0.0, -0.0, 1.5, -2.25, 0.1};
    return new OracleEvent(
        person,
        at,
        one(random, null, "view", "view", "cart", "cart", "purchase", "purchase"),
        random.nextInt(5) == 0 ? null : BigDecimal.valueOf(random.nextInt(1200) - 100, 2),
        random.nextInt(5) == 0 ? null : random.nextInt(8),
        random.nextInt(5) == 0 ? null : scores[random.nextInt(scores.length)],
        one(random, null, "toys", "books", "BOOKS", "zoo", ""),
        CODES[random.nextInt(CODES.length)]);
  }

  private static String one(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }
}
