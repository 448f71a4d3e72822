package com.segumento.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The log folder of a table that a killed process was about to declare: nothing has been committed,
 * but Delta takes the folder for a table and would neither make one there nor read it. Only stores
 * with folders have it.
 */
final class EmptyLog {
  private EmptyLog() {}

  /**
   * Takes it away, unless something is committed meanwhile: files are deleted one by one and the
   * folder only when it is empty, so that a process which is still alive fails to commit, or has.
   *
   * @return whether it was there and is not any more
   */
  static boolean remove(SparkSession spark, String table) {
    Path log = new Path(table, "_delta_log");
    try {
      FileSystem files = log.getFileSystem(spark.sessionState().newHadoopConf());
      if (!files.exists(log)) {
        return false;
      }
      for (FileStatus file : files.listStatus(log)) {
        if (file.isDirectory() || !file.getPath().getName().startsWith(".")) {
          return false;
        }
        files.delete(file.getPath(), false);
      }
      return files.listStatus(log).length == 0 && files.delete(log, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
