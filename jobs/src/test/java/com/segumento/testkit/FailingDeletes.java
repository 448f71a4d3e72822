package com.segumento.testkit;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;

/** A local folder behind a store that fails at, or leaves undone, its next deletes. */
public final class FailingDeletes extends RawLocalFileSystem {
  /** Deletes that throw. */
  public static final AtomicInteger THROWING = new AtomicInteger();

  /** Deletes that are said to be done and are not. */
  public static final AtomicInteger SILENT = new AtomicInteger();

  private static final String FILES = "fs.file.impl";
  private static final String UNCACHED = "fs.file.impl.disable.cache";
  private static volatile String below = "";

  /** Has a session write through it; only deletes of paths that contain {@code part} fail. */
  public static void in(SparkSession spark, String part) {
    below = part;
    spark.conf().set(FILES, FailingDeletes.class.getName());
    spark.conf().set(UNCACHED, "true");
  }

  /** Ends that. */
  public static void out(SparkSession spark) {
    THROWING.set(0);
    SILENT.set(0);
    spark.conf().unset(FILES);
    spark.conf().unset(UNCACHED);
  }

  @Override
  public String getScheme() {
    return "file";
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (path.toString().contains(below)) {
      if (takes(THROWING)) {
        throw new IOException("503 Slow Down");
      }
      if (takes(SILENT)) {
        return true;
      }
    }
    return super.delete(path, recursive);
  }

  private static boolean takes(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
