package com.segumento.lake;

import com.segumento.model.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Copies files byte by byte, or reads them to their checksum, on the executors. */
public final class CopiedFiles {
  private static final int BUFFER = 1 << 16;

  private CopiedFiles() {}

  /**
   * What was read of a file.
   *
   * @param sha256 lower-case hexadecimal
   */
  public record Digested(String uri, long bytes, String sha256) implements Serializable {}

  /**
   * Copies files to where their URIs are with {@code to} in place of {@code from}, and says what
   * was read of each, in the order of {@code uris}.
   */
  public static List<Digested> copy(SparkSession spark, List<String> uris, String from, String to) {
    Map<String, String> targets = new LinkedHashMap<>();
    uris.forEach(uri -> targets.put(uri, to + uri.substring(from.length())));
    return copy(spark, targets);
  }

  /**
   * Copies files, and says what was read of each.
   *
   * @param targets where each is copied to, by its URI
   */
  public static List<Digested> copy(SparkSession spark, Map<String, String> targets) {
    Map<String, String> to = new HashMap<>(targets);
    return OnExecutors.each(
        spark,
        List.copyOf(targets.keySet()),
        (hadoop, uri) -> {
          Path target = new Path(to.get(uri));
          try (OutputStream out = target.getFileSystem(hadoop).create(target, true)) {
            return read(hadoop, uri, out);
          }
        });
  }

  /** What each file holds now, in the order of {@code uris}. */
  public static List<Digested> digest(SparkSession spark, List<String> uris) {
    return OnExecutors.each(
        spark, uris, (hadoop, uri) -> read(hadoop, uri, OutputStream.nullOutputStream()));
  }

  private static Digested read(Configuration hadoop, String uri, OutputStream to)
      throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(hadoop);
    MessageDigest digest = Sha256.digest();
    try (InputStream in =
        new DigestInputStream(new BufferedInputStream(files.open(path), BUFFER), digest)) {
      long bytes = in.transferTo(to);
      return new Digested(uri, bytes, HexFormat.of().formatHex(digest.digest()));
    }
  }
}
