package com.segumento.bench;

import com.segumento.lake.Sessions;
import org.apache.spark.sql.SparkSession;

/**
 * The least a nightly run could do: reads the delivered files and writes them to Delta, nothing
 * else. Arguments: the folder of customers, the folder of orders, the folder to write to.
 */
public final class BareSparkJob {
  private BareSparkJob() {}

  public static void main(String[] arguments) {
    SparkSession spark = Sessions.configure(SparkSession.builder()).getOrCreate();
    spark
        .read()
        .option("header", "true")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.csv*")
        .csv(arguments[0])
        .write()
        .format("delta")
        .save(arguments[2] + "/customers");
    spark
        .read()
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.parquet")
        .parquet(arguments[1])
        .write()
        .format("delta")
        .save(arguments[2] + "/orders");
    spark.stop();
  }
}
