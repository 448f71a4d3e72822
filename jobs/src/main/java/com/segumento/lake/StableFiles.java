package com.segumento.lake;

import java.util.Map;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.internal.io.cloud.PathOutputCommitProtocol;
import org.apache.spark.sql.SparkSession;

/**
 * Writes files whose names and bytes depend on the rows and their partitions only: Spark's own
 * names carry a random id for each job. Files appear through the store's committer, as everywhere.
 */
public final class StableFiles {
  /**
   * Row groups small enough that all writers of an executor fit its memory: Parquet shrinks them
   * otherwise, and the bytes would depend on the heap.
   */
  private static final int PARQUET_ROW_GROUP = 32 << 20;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.sources.commitProtocolClass", NumberedFiles.class.getName(),
          "mapreduce.fileoutputcommitter.marksuccessfuljobs", "false",
          "parquet.block.size", Integer.toString(PARQUET_ROW_GROUP),
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
          "spark.sql.parquet.compression.codec", "zstd",
          "spark.sql.jsonGenerator.ignoreNullFields", "false");

  private StableFiles() {}

  /** A session like {@code spark} in which every file is written this way, without a marker. */
  public static SparkSession session(SparkSession spark) {
    SparkSession session = Sessions.another(spark);
    SETTINGS.forEach(session.conf()::set);
    return session;
  }

  /** Names files by their partition alone. */
  public static final class NumberedFiles extends PathOutputCommitProtocol {
    private static final long serialVersionUID = 1L;

    public NumberedFiles(String job, String destination, boolean dynamicPartitionOverwrite) {
      super(job, destination, dynamicPartitionOverwrite);
    }

    @Override
    public String getFilename(TaskAttemptContext task, FileNameSpec name) {
      return name.prefix()
          + "part-%05d".formatted(task.getTaskAttemptID().getTaskID().getId())
          + name.suffix();
    }
  }
}
