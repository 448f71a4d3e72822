package com.segumento.lake;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are computed once and kept in Spark's storage until they are closed. What is made of
 * them does not carry the plan that made them: each step over a long plan would analyze the whole
 * of it again.
 */
public final class KeptRows implements AutoCloseable {
  private final Dataset<Row> kept;
  private final Dataset<Row> rows;

  private KeptRows(Dataset<Row> kept, Dataset<Row> rows) {
    this.kept = kept;
    this.rows = rows;
  }

  /** Keeps {@code computed}; what Spark loses of it is computed again. */
  public static KeptRows of(Dataset<Row> computed) {
    Dataset<Row> kept = computed.persist(StorageLevel.MEMORY_AND_DISK());
    SparkSession spark = computed.sparkSession();
    return new KeptRows(
        kept,
        ((org.apache.spark.sql.classic.SparkSession) spark)
            .internalCreateDataFrame(kept.queryExecution().toRdd(), kept.schema(), false));
  }

  public Dataset<Row> rows() {
    return rows;
  }

  @Override
  public void close() {
    kept.unpersist();
  }
}
