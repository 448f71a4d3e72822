package com.segumento.lake;

import org.apache.spark.sql.SparkSession;

/** Makes Spark sessions with what the lake's correctness depends on. */
public final class Sessions {
  private Sessions() {}

  /** The settings no installation may leave out, on {@code builder}. */
  public static SparkSession.Builder configure(SparkSession.Builder builder) {
    return builder
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName())
        .config("spark.databricks.delta.snapshotPartitions", "2")
        .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "8")
        .config("spark.sql.sources.parallelPartitionDiscovery.threshold", "256")
        .config("spark.databricks.delta.stats.skipping", "true")
        .config("spark.sql.legacy.parquet.nanosAsLong", "true")
        .config("spark.hadoop.io.compression.codecs", ZstandardCodec.class.getName())
        .config("spark.hadoop.fs.s3a.committer.name", "magic")
        .config(
            "spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3a",
            "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory")
        .config(
            "spark.sql.sources.commitProtocolClass",
            "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol")
        .config(
            "spark.sql.parquet.output.committer.class",
            "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter");
  }
}
