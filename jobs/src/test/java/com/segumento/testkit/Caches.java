package com.segumento.testkit;

import org.apache.spark.sql.SparkSession;

/** What is cached of tables in this JVM; what Delta keeps of its logs is no part of it. */
public final class Caches {
  private Caches() {}

  public static boolean isEmpty(SparkSession spark) {
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .sharedState()
        .cacheManager()
        .isEmpty();
  }
}
