package com.segumento.cli;

import org.apache.spark.sql.SparkSession;

/** Starts Spark for a command. */
@FunctionalInterface
interface SparkStart {
  /**
   * A session.
   *
   * @param application what Spark's interface and history show
   * @param lakeRoot the lake it will work on, which decides about encryption
   */
  SparkSession start(String application, String lakeRoot);
}
