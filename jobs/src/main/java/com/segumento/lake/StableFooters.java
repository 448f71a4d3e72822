package com.segumento.lake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the bytes of Parquet files depend on their rows alone. Parquet lists the encodings of a
 * column in the order of a hash set of enum constants, which is another one in each JVM.
 */
public final class StableFooters {
  private static final int TAIL = 8; // the footer's length and the magic number

  private StableFooters() {}

  /**
   * Sorts them in all Parquet files of {@code folder}, on the executors. Of a file whose footer is
   * in order only that is read; another one is held in memory, one a task, and written anew.
   */
  public static void sort(SparkSession spark, String folder) {
    List<String> files =
        new ObjectStore(spark)
            .names(folder).stream()
                .filter(name -> name.endsWith(".parquet"))
                .map(name -> folder + "/" + name)
                .toList();
    OnExecutors.each(spark, files, StableFooters::sort);
  }

  /** Whether the file had to be written anew. */
  private static Boolean sort(Configuration hadoop, String uri) throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(hadoop);
    byte[] bytes;
    try (FSDataInputStream in = files.open(path)) {
      long length = files.getFileStatus(path).getLen();
      byte[] tail = new byte[TAIL];
      in.readFully(length - TAIL, tail);
      byte[] footer = new byte[footer(tail)];
      in.readFully(length - TAIL - footer.length, footer);
      if (Arrays.equals(sortedFooter(footer), footer)) {
        return false;
      }
      bytes = new byte[Math.toIntExact(length)];
      in.readFully(0, bytes);
    }
    try (OutputStream out = files.create(path, true)) {
      out.write(sorted(bytes));
    }
    return true;
  }

  private static int footer(byte[] tail) {
    return ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - TAIL);
  }

  /** A Parquet file with its lists of encodings sorted. */
  static byte[] sorted(byte[] file) throws IOException {
    int length = footer(file);
    int begin = file.length - TAIL - length;
    byte[] footer = sortedFooter(Arrays.copyOfRange(file, begin, begin + length));
    return ByteBuffer.allocate(begin + footer.length + TAIL)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(file, 0, begin)
        .put(footer)
        .putInt(footer.length)
        .put(file, file.length - Integer.BYTES, Integer.BYTES)
        .array();
  }

  private static byte[] sortedFooter(byte[] bytes) throws IOException {
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes));
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        List<Encoding> encodings = new ArrayList<>(column.getMeta_data().getEncodings());
        encodings.sort(Comparator.comparingInt(Encoding::getValue));
        column.getMeta_data().setEncodings(encodings);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    Util.writeFileMetaData(footer, out);
    return out.toByteArray();
  }
}
