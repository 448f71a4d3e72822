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
import org.apache.hadoop.io.IOUtils;
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
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final int MOST_HELD = 64 << 20;

  private StableFooters() {}

  /**
   * Sorts them in all Parquet files of {@code folder}, on the executors. Of a file whose footer is
   * in order only that is read; another one is written anew: from memory where it is no larger than
   * {@value #MOST_HELD} bytes, one a task, and else by way of a file beside it.
   */
  public static void sort(SparkSession spark, String folder) {
    List<String> files =
        new ObjectStore(spark)
            .names(folder).stream()
                .filter(name -> name.endsWith(".parquet"))
                .map(name -> folder + "/" + name)
                .toList();
    OnExecutors.each(spark, files, (hadoop, uri) -> sort(hadoop, uri, MOST_HELD));
  }

  /**
   * Sorts one file.
   *
   * @param mostHeld bytes of a file that are held in memory
   * @return whether it had to be written anew
   */
  static boolean sort(Configuration hadoop, String uri, int mostHeld) throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(hadoop);
    byte[] better;
    byte[] rows = null;
    long begin;
    try (FSDataInputStream in = files.open(path)) {
      long length = files.getFileStatus(path).getLen();
      byte[] tail = new byte[TAIL];
      in.readFully(length - TAIL, tail);
      byte[] footer = new byte[footer(tail)];
      begin = length - TAIL - footer.length;
      in.readFully(begin, footer);
      better = sortedFooter(footer);
      if (Arrays.equals(better, footer)) {
        return false;
      }
      if (length <= mostHeld) {
        rows = new byte[Math.toIntExact(begin)];
        in.readFully(0, rows);
      }
    }
    if (rows == null) {
      writeBeside(files, path, begin, better);
    } else {
      try (OutputStream out = files.create(path, true)) {
        out.write(rows);
        out.write(end(better));
      }
    }
    return true;
  }

  /** The file beside it is in the same store, and as well protected. */
  private static void writeBeside(FileSystem files, Path path, long begin, byte[] footer)
      throws IOException {
    Path beside = new Path(path.getParent(), "_" + path.getName());
    try (FSDataInputStream in = files.open(path);
        OutputStream out = files.create(beside, true)) {
      IOUtils.copyBytes(in, out, begin, false);
      out.write(end(footer));
    }
    if (!files.delete(path, false) || !files.rename(beside, path)) {
      throw new IOException("The store did not replace " + path);
    }
  }

  private static byte[] end(byte... footer) {
    return ByteBuffer.allocate(footer.length + TAIL)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(footer)
        .putInt(footer.length)
        .put(MAGIC)
        .array();
  }

  private static int footer(byte[] tail) {
    return ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - TAIL);
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
