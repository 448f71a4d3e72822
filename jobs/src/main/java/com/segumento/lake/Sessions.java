package com.segumento.lake;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
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
        .config("spark.databricks.delta.snapshotPartitions", "1")
        // Delta writes these through a file system it opens anew for each commit, and renames; they
        // also keep column statistics of rows that are gone.
        .config("spark.databricks.delta.writeChecksumFile.enabled", "false")
        // Each commit would list all files of the table for them, which takes a job.
        .config("spark.databricks.delta.allFilesInCrc.enabled", "false")
        .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "8")
        .config("spark.sql.sources.parallelPartitionDiscovery.threshold", "256")
        .config("spark.databricks.delta.stats.skipping", "true")
        // Nobody adds classes to a session; with it on, executors ask the driver for each they
        // miss.
        .config("spark.sql.artifact.isolation.enabled", "false")
        .config("spark.sql.legacy.parquet.nanosAsLong", "true")
        .config("spark.hadoop.io.compression.codecs", ZstandardCodec.class.getName())
        // None is looked for above a folder that is made: nobody may touch those.
        .config("spark.hadoop.fs.s3a.performance.flags", "mkdir")
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

  /** Another session with the settings of {@code spark}; what is set in one is not in the other. */
  public static SparkSession another(SparkSession spark) {
    SparkSession session = spark.newSession();
    spark
        .conf()
        .getAll()
        .foreach(
            setting -> {
              if (session.conf().isModifiable(setting._1())) {
                session.conf().set(setting._1(), setting._2());
              }
              return null;
            });
    return session;
  }

  /**
   * Turns encryption on, of Spark's own channels and of what rests, where the lake is neither a
   * local folder nor on loopback. What {@code given} says already stands; {@link StorageGuard}
   * judges it.
   *
   * @param given the settings of the submission
   */
  public static SparkSession.Builder secure(
      SparkSession.Builder builder, SparkConf given, String lakeRoot) {
    SparkSession.Builder secured = builder;
    for (var setting : encryption(given, lakeRoot).entrySet()) {
      secured = secured.config(setting.getKey(), setting.getValue());
    }
    return secured;
  }

  /** What {@link #secure} sets. */
  static Map<String, String> encryption(SparkConf given, String lakeRoot) {
    String endpoint = given.get("spark.hadoop.fs.s3a.endpoint", "");
    if (LakePlace.of(lakeRoot) != LakePlace.S3 || LakePlace.isLoopback(endpoint)) {
      return Map.of();
    }
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.authenticate", "true");
    settings.put("spark.network.crypto.enabled", "true");
    settings.put("spark.io.encryption.enabled", "true");
    settings.put("spark.hadoop.fs.s3a.encryption.algorithm", "AES256");
    settings.keySet().removeIf(given::contains);
    return settings;
  }
}
