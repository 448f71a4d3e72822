package com.segumento.lake;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Copies Parquet files and says in the copies that a column of whole numbers holds local times in
 * nanoseconds since 1970, which Spark itself can't write. Row groups are copied as they are.
 */
public final class NanosecondFiles {
  /** What Spark writes of its own types; it knows none of nanoseconds. */
  private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  private NanosecondFiles() {}

  /** Copies {@code uris} under their names into {@code folder}, on the executors. */
  public static void copy(SparkSession spark, List<String> uris, String folder, String column) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    try {
      context
          .parallelize(uris, Math.max(1, uris.size()))
          .foreach(uri -> copy(hadoop.value().value(), new Path(uri), new Path(folder), column));
    } finally {
      hadoop.destroy();
    }
  }

  private static void copy(Configuration hadoop, Path from, Path folder, String column)
      throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(from, hadoop));
        ParquetFileWriter writer =
            writer(hadoop, new Path(folder, from.getName()), reader, column)) {
      writer.start();
      reader.appendTo(writer);
      Map<String, String> notes = new HashMap<>(reader.getFileMetaData().getKeyValueMetaData());
      notes.remove(SPARK_SCHEMA);
      writer.end(notes);
    }
  }

  private static ParquetFileWriter writer(
      Configuration hadoop, Path to, ParquetFileReader source, String column) throws IOException {
    return new ParquetFileWriter(
        HadoopOutputFile.fromPath(to, hadoop),
        annotated(source.getFileMetaData().getSchema(), column),
        ParquetFileWriter.Mode.OVERWRITE,
        ParquetWriter.DEFAULT_BLOCK_SIZE,
        ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
        ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
        ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
        ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
  }

  private static MessageType annotated(MessageType schema, String column) {
    List<Type> fields =
        schema.getFields().stream()
            .map(field -> field.getName().equals(column) ? nanoseconds(field) : field)
            .toList();
    return new MessageType(schema.getName(), fields);
  }

  private static Type nanoseconds(Type field) {
    return Types.primitive(PrimitiveTypeName.INT64, field.getRepetition())
        .as(LogicalTypeAnnotation.timestampType(false, TimeUnit.NANOS))
        .named(field.getName());
  }
}
