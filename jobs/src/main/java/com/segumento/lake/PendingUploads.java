package com.segumento.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.spark.sql.SparkSession;

/** Uploads in parts that never ended: S3 keeps their bytes, and no listing shows them. */
public final class PendingUploads {
  private PendingUploads() {}

  /** Gives up those below {@code prefix}, and says how many there were; 0 on other stores. */
  public static int abort(SparkSession spark, String prefix) {
    Path path = new Path(prefix + "/");
    try {
      FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
      if (!(files instanceof S3AFileSystem s3)) {
        return 0;
      }
      var uploads = s3.listUploads(s3.pathToKey(path) + "/");
      int aborted = 0;
      while (uploads.hasNext()) {
        s3.abortMultipartUpload(uploads.next());
        aborted++;
      }
      return aborted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
