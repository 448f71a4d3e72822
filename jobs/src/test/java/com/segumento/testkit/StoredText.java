package com.segumento.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** All that files say: their names, their bytes, and the rows of Parquet files in clear. */
public final class StoredText {
  private StoredText() {}

  /** Names and bytes of the files below {@code root} whose path from there is {@code wanted}. */
  public static String bytes(Path root, Predicate<String> wanted) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files(root, wanted)) {
      all.append(root.relativize(file)).append('\n');
      all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  /**
   * The same, and rows. Of the files below {@code root} whose path from there is {@code wanted}.
   */
  public static String of(SparkSession spark, Path root, Predicate<String> wanted)
      throws IOException {
    StringBuilder all = new StringBuilder(bytes(root, wanted));
    for (Path file : files(root, path -> path.endsWith(".parquet") && wanted.test(path))) {
      spark
          .read()
          .parquet(file.toString())
          .selectExpr("to_json(struct(*))")
          .collectAsList()
          .forEach(all::append);
    }
    return all.toString();
  }

  static List<Path> files(Path root, Predicate<String> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(path -> wanted.test(root.relativize(path).toString()))
          .toList();
    }
  }
}
