package com.segumento.lake;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.SparkSession;

/** Reads what the footers of Parquet files say, on the executors. */
public final class ParquetFooters {
  private ParquetFooters() {}

  /**
   * A footer.
   *
   * @param columns of the file itself, in their order
   * @param notes its key-value metadata
   */
  public record Footer(String uri, List<String> columns, Map<String, String> notes)
      implements Serializable {}

  /** The footers of files; as many as there are files. */
  public static List<Footer> read(SparkSession spark, List<String> uris) {
    return OnExecutors.each(spark, uris, ParquetFooters::footer);
  }

  private static Footer footer(Configuration hadoop, String uri) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(uri), hadoop))) {
      FileMetaData file = reader.getFileMetaData();
      return new Footer(
          uri,
          List.copyOf(file.getSchema().getFields().stream().map(Type::getName).toList()),
          new HashMap<>(file.getKeyValueMetaData()));
    }
  }
}
