package com.segumento.lake;

import com.segumento.model.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.SparkSession;

/**
 * Says of files that we wrote what a manifest says of them: one streaming pass a file, on the
 * executors. Results grow with the number of files, not of rows.
 */
public final class WrittenFiles {
  private static final int BUFFER = 1 << 16;

  private WrittenFiles() {}

  /**
   * A file.
   *
   * @param uri where it is
   * @param sha256 of its bytes as stored, lower-case hexadecimal
   * @param rows it holds; in text, its lines: what we write has no line break inside a value
   */
  public record Described(String uri, String sha256, long rows) implements Serializable {}

  /**
   * Describes files in the order of {@code uris}.
   *
   * @param headerLines lines of a text file that are no rows
   */
  public static List<Described> describe(SparkSession spark, List<String> uris, int headerLines) {
    return OnExecutors.each(spark, uris, (hadoop, uri) -> look(hadoop, uri, headerLines));
  }

  private static Described look(Configuration hadoop, String uri, int headerLines)
      throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(hadoop);
    MessageDigest digest = Sha256.digest();
    long lines;
    try (InputStream raw =
        new DigestInputStream(new BufferedInputStream(files.open(path), BUFFER), digest)) {
      lines = uri.endsWith(".parquet") ? 0 : lines(raw, uri);
      raw.transferTo(OutputStream.nullOutputStream());
    }
    long rows = uri.endsWith(".parquet") ? parquetRows(hadoop, path) : lines - headerLines;
    return new Described(uri, HexFormat.of().formatHex(digest.digest()), rows);
  }

  private static long lines(InputStream raw, String uri) throws IOException {
    InputStream text = uri.endsWith(".gz") ? new GZIPInputStream(raw, BUFFER) : raw;
    byte[] buffer = new byte[BUFFER];
    long lines = 0;
    for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          lines++;
        }
      }
    }
    return lines;
  }

  private static long parquetRows(Configuration hadoop, Path path) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop))) {
      return reader.getRecordCount();
    }
  }
}
