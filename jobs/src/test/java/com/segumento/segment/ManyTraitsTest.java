package com.segumento.segment;

import com.segumento.testkit.GeneratedCode;
import com.segumento.testkit.SparkExtension;
import java.time.LocalDate;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three hundred definitions over one event table, of all kinds, in one aggregation. */
@GeneratedCode
@ExtendWith(SparkExtension.class)
class ManyTraitsTest {
  private static final LocalDate DATE = LocalDate.of(2024, 2, 29);
  private static final int OF_EACH_KIND = 100;

  @Test
  void areAllComputed(SparkSession spark) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.datetime.java8API.enabled", "true");
    session.conf().set("spark.sql.codegen.wholeStage", "true");
    session.conf().set("spark.sql.codegen.factoryMode", "FALLBACK");
    Random random = new Random(300);
    EventOracle.random(random, DATE, OF_EACH_KIND)
        .check(session, OracleEvent.random(random, DATE, EventOracle.PERSONS));
  }
}
