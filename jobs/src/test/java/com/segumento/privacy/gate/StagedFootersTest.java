package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.ParquetFooters;
import com.segumento.lake.ParquetFooters.Footer;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class StagedFootersTest {
  private static final String SCHEMA = "org.apache.spark.sql.parquet.row.metadata";
  private static final StructType CLAIMED = new StructType().add("age", DataTypes.StringType);

  @TempDir private Path folder;

  @Test
  void whatSparkWritesIsHonest(SparkSession spark) {
    String file = folder.resolve("good").toString();
    spark.sql("select '[20, 30)' as age").coalesce(1).write().parquet(file);
    List<String> parts = List.of(spark.read().parquet(file).inputFiles());

    assertThat(StagedFooters.honest(spark, parts, CLAIMED)).isTrue();
    assertThat(StagedFooters.honest(spark, parts, CLAIMED.add("place", DataTypes.StringType)))
        .isFalse();
  }

  @Test
  void columnsAndNotesThatSparkDoesNotShowAreFound(SparkSession spark) throws IOException {
    Footer hidden = footer(spark);

    assertThat(hidden.columns()).containsExactly("age", "token");
    assertThat(hidden.notes()).containsEntry("hint", "a token");
    Map<String, String> usual = Map.of(SCHEMA, CLAIMED.json());
    assertThat(honest(List.of("age"), usual)).isTrue();
    assertThat(honest(hidden.columns(), usual)).isFalse();
    assertThat(honest(List.of("age"), Map.of(SCHEMA, CLAIMED.json(), "hint", "a token"))).isFalse();
    String padded = CLAIMED.json().replace("{}", "{\"comment\":\"a token\"}");
    assertThat(padded).contains("a token");
    assertThat(honest(List.of("age"), Map.of(SCHEMA, padded))).isFalse();
    assertThat(honest(List.of("age"), Map.of("org.apache.spark.version", "a token"))).isFalse();
  }

  private static boolean honest(List<String> columns, Map<String, String> notes) {
    return StagedFooters.honest(new Footer("file", columns, notes), "4.1.2", CLAIMED);
  }

  /** Of a file that holds more than Spark reads of it. */
  private Footer footer(SparkSession spark) throws IOException {
    String file = folder.resolve("hidden.parquet").toUri().toString();
    var schema =
        MessageTypeParser.parseMessageType(
            "message spark_schema { optional binary age (UTF8); optional binary token (UTF8); }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file))
            .withType(schema)
            .withExtraMetaData(Map.of(SCHEMA, CLAIMED.json(), "hint", "a token"))
            .build()) {
      SimpleGroup row = new SimpleGroup(schema);
      row.add("age", "[20, 30)");
      row.add("token", "a token");
      writer.write(row);
    }
    assertThat(spark.read().parquet(file).columns()).containsExactly("age"); // all Spark sees
    return ParquetFooters.read(spark, List.of(file)).get(0);
  }
}
