package com.segumento.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.SparkExtension;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class PastRowsTest {
  private static final String UNCHECKED = "spark.databricks.delta.retentionDurationCheck.enabled";

  @TempDir Path directory;

  @Test
  void aVersionIsReadableWhileTheFilesOfItsRowsAreThere(SparkSession spark) {
    Lake lake = Lake.open(spark, directory.toUri().toString());
    String path = lake.layout().root() + "/reference/table";
    assertThat(readable(lake, 0, lit(true))).isFalse();
    lake.tables().declare(path, new StructType().add("n", "int").add("day", "int"), List.of("day"));
    lake.tables().append(path, rows(spark, 1), Commit.of(Map.of()));
    lake.tables().append(path, rows(spark, 2), Commit.of(Map.of()));
    lake.tables().replaceWhere(path, rows(spark, 1), "day = 1", Commit.of(Map.of()));
    assertThat(readable(lake, 2, lit(true))).isTrue();
    spark.conf().set(UNCHECKED, "false");
    try {
      DeltaTable.forPath(spark, path).vacuum(0);
    } finally {
      spark.conf().unset(UNCHECKED);
    }
    assertThat(readable(lake, 2, lit(true))).isFalse();
    assertThat(readable(lake, 2, col("day").equalTo(2))).isTrue();
    assertThat(readable(lake, 3, lit(true))).isTrue();
    assertThat(readable(lake, 99, lit(true))).isFalse();
  }

  private static boolean readable(Lake lake, long version, Column wanted) {
    return new PastRows(lake, lake.layout().root() + "/reference/table", version, wanted)
        .readable();
  }

  private static Dataset<Row> rows(SparkSession spark, int day) {
    return spark.range(2).selectExpr("cast(id as int) n", day + " as day");
  }
}
