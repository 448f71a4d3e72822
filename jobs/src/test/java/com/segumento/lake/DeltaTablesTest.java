package com.segumento.lake;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.Field;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class DeltaTablesTest {
  private static final Field ID = Field.required("id", DataTypes.IntegerType);
  private static final Field NAME = Field.optional("name", DataTypes.StringType);
  private static final StructType SCHEMA = Field.schema(ID, NAME);
  private static final String RESTORED = "\"operation\":\"RESTORE\"";

  /** What Delta says of itself where it has compared the files of both versions. */
  private static final String COMPARED = "numRestoredFiles";

  @TempDir Path directory;
  private DeltaTables tables;
  private SparkSession spark;
  private String path;

  @BeforeEach
  void declare(SparkSession session) {
    spark = session;
    tables = new DeltaTables(spark);
    path = directory.resolve("table").toUri().toString();
    tables.declare(path, SCHEMA, List.of());
  }

  @Test
  void keepsRequiredColumnsRequired() {
    assertThat(tables.schema(path)).isEqualTo(SCHEMA);
    assertThatThrownBy(
            () -> tables.append(path, rows(RowFactory.create(null, "a")), Commit.of(Map.of())))
        .isInstanceOf(Exception.class);
  }

  @Test
  void appendsOncePerApplication() {
    tables.append(path, rows(RowFactory.create(1, "a")), Commit.once("drop-1", Map.of()));
    tables.append(path, rows(RowFactory.create(1, "a")), Commit.once("drop-1", Map.of()));
    assertThat(tables.committed(path, "drop-1")).isTrue();
    assertThat(tables.committed(path, "drop-2")).isFalse();
    assertThat(tables.read(path).collectAsList()).containsExactly(RowFactory.create(1, "a"));
  }

  @Test
  void takesBackWhatWasAppendedByItsFiles() throws IOException {
    for (int id = 1; id <= 3; id++) {
      tables.append(path, rows(RowFactory.create(id, "a")), Commit.of(Map.of()));
    }
    long files = dataFiles();
    tables.restore(path, 1);
    assertThat(tables.read(path).collectAsList()).containsExactly(RowFactory.create(1, "a"));
    assertThat(tables.version(path)).as("what came after stays in the history").isEqualTo(4);
    assertThat(tables.read(path, 3).count()).isEqualTo(3);
    assertThat(dataFiles()).isEqualTo(files);
    assertThat(log(4)).contains(RESTORED, "{\"remove\":").doesNotContain("{\"add\":", COMPARED);
  }

  @Test
  void takesBackWhatWasChanged() throws IOException {
    tables.append(path, rows(RowFactory.create(1, "a")), Commit.of(Map.of()));
    tables.append(path, rows(RowFactory.create(2, "a")), Commit.of(Map.of()));
    tables.overwrite(path, rows(RowFactory.create(3, "a")), Commit.of(Map.of()));
    tables.restore(path, 1);
    assertThat(tables.read(path).collectAsList()).containsExactly(RowFactory.create(1, "a"));
    assertThat(log(4)).contains(RESTORED, "{\"add\":", COMPARED);
    tables.restore(path, 0);
    assertThat(tables.read(path).isEmpty()).isTrue();
  }

  @Test
  void mergesNewerRowsOncePerApplication() {
    tables.append(path, rows(RowFactory.create(1, "b")), Commit.of(Map.of()));
    Dataset<Row> update = rows(RowFactory.create(1, "c"), RowFactory.create(2, "x"));
    for (int attempt = 0; attempt < 2; attempt++) {
      tables.merge(
          path,
          update,
          col("old.id").equalTo(col("new.id")),
          col("new.name").gt(col("old.name")),
          Commit.once("drop-9", Map.of()));
    }
    assertThat(tables.version(path)).isEqualTo(2);
    assertThat(tables.read(path).collectAsList())
        .containsExactlyInAnyOrder(RowFactory.create(1, "c"), RowFactory.create(2, "x"));
  }

  @Test
  void declaresWhereAProcessWasKilledThatWasAboutTo() throws Exception {
    Path log = Files.createDirectories(directory.resolve("killed/_delta_log"));
    Files.createFile(log.resolve(".00000000000000000000.json.tmp"));
    String killed = "file:" + directory.resolve("killed");
    tables.declare(killed, SCHEMA, List.of());
    assertThat(tables.version(killed)).isZero();
    assertThat(tables.schema(killed)).isEqualTo(SCHEMA);
  }

  @Test
  void waitsForTheProcessThatDeclaresTheSameTable() throws Exception {
    Path log = Files.createDirectories(directory.resolve("other/_delta_log"));
    String first = "00000000000000000000.json";
    Files.createFile(log.resolve("." + first + ".tmp")); // its folder is there, its commit not yet
    Thread other =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(1500);
                Files.copy(
                    directory.resolve("table/_delta_log").resolve(first), log.resolve(first));
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    other.start();
    tables.declare(directory.resolve("other").toUri().toString(), SCHEMA, List.of());
    assertThat(log.resolve(first))
        .hasSameTextualContentAs(directory.resolve("table/_delta_log").resolve(first));
    other.join();
  }

  @Test
  void declaresNoTableAmongFilesThatAreNone() throws Exception {
    Files.createFile(Files.createDirectories(directory.resolve("other")).resolve("strange"));
    assertThatThrownBy(
            () -> tables.declare(directory.resolve("other").toUri().toString(), SCHEMA, List.of()))
        .hasMessageContaining("is not a Delta table");
  }

  private Dataset<Row> rows(Row... rows) {
    return spark.createDataFrame(
        List.of(rows), new StructType().add("id", "int", true).add("name", "string", true));
  }

  private long dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("table"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private String log(int version) throws IOException {
    return Files.readString(directory.resolve("table/_delta_log/%020d.json".formatted(version)));
  }
}
