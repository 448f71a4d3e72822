package com.segumento.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Util;

/** The lists of encodings that Parquet files have in their footers. */
public final class ParquetEncodings {
  private static final int TAIL = 8;

  private ParquetEncodings() {}

  /** Those of all columns of all Parquet files below {@code folder}, as they are written. */
  public static List<List<Integer>> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .sorted()
          .flatMap(ParquetEncodings::of)
          .toList();
    }
  }

  private static Stream<List<Integer>> of(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int length =
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - TAIL);
      return Util.readFileMetaData(
              new ByteArrayInputStream(bytes, bytes.length - TAIL - length, length))
          .getRow_groups()
          .stream()
          .flatMap(group -> group.getColumns().stream())
          .map(
              column ->
                  column.getMeta_data().getEncodings().stream().map(Encoding::getValue).toList());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
