package com.segumento.bench;

import com.segumento.lake.Sessions;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The least that k-anonymity takes: counts the rows of each combination of quasi-identifiers, and
 * writes the rows as they are. Prints the seconds both took, Spark's start left out. Arguments: the
 * table, its format, the quasi-identifiers, all columns written, the folder to write to.
 */
public final class GroupAndWrite {
  private GroupAndWrite() {}

  public static void main(String[] arguments) {
    SparkSession spark = Sessions.configure(SparkSession.builder()).getOrCreate();
    long start = System.nanoTime();
    Dataset<Row> rows =
        spark.read().format(arguments[1]).options(Map.of("header", "true")).load(arguments[0]);
    rows.groupBy(columns(arguments[2])).count().write().format("noop").mode("overwrite").save();
    double counted = (System.nanoTime() - start) / 1e9;
    rows.select(columns(arguments[3]))
        .write()
        .format(arguments[1])
        .options(Map.of("header", "true"))
        .save(arguments[4]);
    System.out.printf(
        "GROUP seconds=%.2f of them counting=%.2f%n", (System.nanoTime() - start) / 1e9, counted);
    spark.stop();
  }

  private static Column[] columns(String names) {
    return Arrays.stream(names.split(",")).map(functions::col).toArray(Column[]::new);
  }
}
