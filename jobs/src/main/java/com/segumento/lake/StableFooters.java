package com.segumento.lake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the bytes of small Parquet files depend on their rows alone. Parquet lists the encodings of
 * a column in the order of a hash set of enum constants, which is another one in each JVM.
 */
public final class StableFooters {
  private static final int TAIL = 8; // the footer's length and the magic number

  private StableFooters() {}

  /** Sorts them in all Parquet files of {@code folder}, which fit the driver's memory. */
  public static void sort(SparkSession spark, String folder) {
    Path path = new Path(folder);
    try {
      FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
      for (FileStatus file : files.listStatus(path)) {
        if (file.getPath().getName().endsWith(".parquet")) {
          byte[] bytes;
          try (InputStream in = files.open(file.getPath())) {
            bytes = in.readAllBytes();
          }
          try (OutputStream out = files.create(file.getPath(), true)) {
            out.write(sorted(bytes));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Parquet file with its lists of encodings sorted. */
  static byte[] sorted(byte[] file) throws IOException {
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - TAIL);
    int begin = file.length - TAIL - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, begin, length));
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        List<Encoding> encodings = new ArrayList<>(column.getMeta_data().getEncodings());
        encodings.sort(Comparator.comparingInt(Encoding::getValue));
        column.getMeta_data().setEncodings(encodings);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    out.write(file, 0, begin);
    Util.writeFileMetaData(footer, out);
    int written = out.size() - begin;
    out.write(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(written).array());
    out.write(Arrays.copyOfRange(file, file.length - Integer.BYTES, file.length));
    return out.toByteArray();
  }
}
