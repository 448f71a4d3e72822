package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.Field;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class AppendedFilesTest {
  private static final Field NAME = Field.required("name", DataTypes.StringType);
  private static final Commit COMMIT = Commit.of(Map.of("stage", "test"));

  @TempDir Path directory;

  @Test
  void areNamedWhereNothingElseWasDone(SparkSession spark) throws Exception {
    DeltaTables tables = Lake.open(spark, directory.toUri().toString()).tables();
    String path = directory.resolve("reference/names").toUri().toString();
    tables.declare(path, Field.schema(NAME), List.of());
    tables.append(path, rows(spark, "a"), COMMIT);
    tables.append(path, rows(spark, "b"), COMMIT);
    tables.overwrite(path, rows(spark, "c"), COMMIT);

    assertThat(new AppendedFiles(spark, path, 1, 1).names()).contains(Set.of());
    Set<String> second = new AppendedFiles(spark, path, 1, 2).names().orElseThrow();
    assertThat(second).isEqualTo(files(tables, path, 2, files(tables, path, 1, Set.of())));
    assertThat(new AppendedFiles(spark, path, 0, 2).names())
        .contains(files(tables, path, 2, Set.of()));
    assertThat(new AppendedFiles(spark, path, 2, 3).names()).isEqualTo(Optional.empty());
    assertThat(new AppendedFiles(spark, path, 0, 3).names()).isEqualTo(Optional.empty());

    Files.delete(directory.resolve("reference/names/_delta_log/00000000000000000001.json"));
    assertThatThrownBy(() -> new AppendedFiles(spark, path, 0, 2).names())
        .as("a log that does not reach back is no answer")
        .isInstanceOf(Exception.class);
  }

  private static Dataset<Row> rows(SparkSession spark, String name) {
    return spark.createDataFrame(List.of(RowFactory.create(name)), Field.schema(NAME));
  }

  private static Set<String> files(
      DeltaTables tables, String path, long version, Set<String> without) {
    return Stream.of(tables.read(path, version).inputFiles())
        .map(file -> file.substring(file.lastIndexOf('/') + 1))
        .filter(file -> !without.contains(file))
        .collect(Collectors.toSet());
  }
}
