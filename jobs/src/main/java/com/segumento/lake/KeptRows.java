package com.segumento.lake;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are computed once and kept in Spark's storage until they are closed. What is made of
 * them does not carry the plan that made them: each step over a long plan would analyze the whole
 * of it again, and a cached table would have it optimized twice.
 */
public final class KeptRows implements AutoCloseable {
  private final JavaRDD<InternalRow> kept;
  private final Dataset<Row> rows;

  private KeptRows(JavaRDD<InternalRow> kept, Dataset<Row> rows) {
    this.kept = kept;
    this.rows = rows;
  }

  /**
   * Keeps {@code computed}. What a cluster loses of it with an executor is computed again; in one
   * process nothing is lost but by {@link #close}, after which the rows are not to be read.
   */
  public static KeptRows of(Dataset<Row> computed) {
    SparkSession spark = computed.sparkSession();
    // A row that is read is one object, filled anew for the next.
    JavaRDD<InternalRow> kept =
        computed
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .map(InternalRow::copy)
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    if (spark.sparkContext().isLocal()) {
      // Each task is sent what its rows are made of, with the plans of all steps before. In one
      // process no rows are lost, and none need be made again of that.
      kept.rdd().localCheckpoint();
    }
    return new KeptRows(
        kept,
        ((org.apache.spark.sql.classic.SparkSession) spark)
            .internalCreateDataFrame(kept.rdd(), computed.schema(), false));
  }

  public Dataset<Row> rows() {
    return rows;
  }

  @Override
  public void close() {
    kept.unpersist();
  }
}
