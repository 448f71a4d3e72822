package com.segumento.lake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

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
    if (uris.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    try {
      return context
          .parallelize(uris, Math.min(uris.size(), 64))
          .map(uri -> look(hadoop.value().value(), uri, headerLines))
          .collect();
    } finally {
      hadoop.destroy();
    }
  }

  private static Described look(Configuration hadoop, String uri, int headerLines)
      throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(hadoop);
    MessageDigest digest = sha256();
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
