package com.segumento.segment;

import com.segumento.testkit.SparkExtension;
import java.time.LocalDate;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traits, behaviours and sequences agree with the naive evaluators, whatever the time zone. */
@ExtendWith(SparkExtension.class)
class EventOracleTest {
  private static final int DEFINITIONS = 60;

  @ParameterizedTest(name = "{0}, session of {1}")
  @CsvSource({
    "2024-02-29, UTC",
    "2024-03-01, Asia/Kolkata",
    "2025-03-31, America/Los_Angeles",
    "2025-02-28, Pacific/Kiritimati",
    "2026-01-01, Asia/Kolkata"
  })
  void agreeWithTheNaiveEvaluators(LocalDate date, String zone, SparkSession spark) {
    Random random = new Random(date.toEpochDay());
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.session.timeZone", zone);
    session.conf().set("spark.sql.datetime.java8API.enabled", "true");
    EventOracle.random(random, date, DEFINITIONS)
        .check(session, OracleEvent.random(random, date, EventOracle.PERSONS));
  }
}
