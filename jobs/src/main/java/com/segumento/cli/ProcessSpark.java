package com.segumento.cli;

import com.segumento.lake.Sessions;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts Spark as the process was submitted. */
final class ProcessSpark implements SparkStart {

  @Override
  public SparkSession start(String application, String lakeRoot) {
    SparkSession.Builder builder = Sessions.configure(SparkSession.builder().appName(application));
    return Sessions.secure(builder, new SparkConf(), lakeRoot).getOrCreate();
  }
}
