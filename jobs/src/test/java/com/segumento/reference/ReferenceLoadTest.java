package com.segumento.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Lake;
import com.segumento.model.ConfigException;
import com.segumento.model.DataContractException;
import com.segumento.model.Sites;
import com.segumento.ops.StageReport;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReferenceLoadTest {
  @TempDir Path directory;
  private SparkSession spark;
  private Lake lake;

  @BeforeEach
  void open(SparkSession session) {
    spark = session;
    lake = Lake.open(spark, directory.resolve("lake").toUri().toString());
  }

  @Test
  void versionsAreValidFromTheirDayUntilTheNextBegins() throws IOException {
    load("2026-03-01", "b,2,2");
    load("2026-01-01", "a,1,1");
    load("2026-02-01", "m,3,3");
    load("2026-03-01", "c,4,4", "d,5,5");
    assertThat(rows())
        .containsExactlyInAnyOrder(
            row("a", 1, "2026-01-01", "2026-02-01"),
            row("m", 3, "2026-02-01", "2026-03-01"),
            row("c", 4, "2026-03-01", null),
            row("d", 5, "2026-03-01", null));
    assertThat(lake.tables().schema(table())).isEqualTo(Sites.SCHEMA);
  }

  @Test
  void theSameFilesTwiceCommitOnce() throws IOException {
    StageReport first = load("2026-01-01", "a,1,1");
    StageReport second = load("2026-01-01", "a,1,1");
    assertThat(second.versions()).isEqualTo(first.versions());
    assertThat(second.counts()).containsEntry("rows_unchanged", 1L);
    assertThat(rows()).containsExactly(row("a", 1, "2026-01-01", null));
  }

  @Test
  void duplicateKeysAreRefusedByCountAndFirstKeys() throws IOException {
    load("2026-01-01", "a,1,1");
    assertThatThrownBy(
            () ->
                load(
                    "2026-02-01",
                    "p,1,1",
                    "p,2,2",
                    "p,3,3",
                    "q,1,1",
                    "q,1,1",
                    "r,1,1",
                    "r,1,1",
                    "s,1,1",
                    "s,1,1",
                    "t,1,1",
                    "t,1,1",
                    "u,1,1",
                    "u,1,1",
                    "v,1,1"))
        .isInstanceOf(DataContractException.class)
        .hasMessage(
            "Reference acme_stores was not loaded, its table is as it was. Correct the files and load"
                + " again. acme_stores.csv: The values of id must differ, but 6 of them are there"
                + " more than once: p, q, r, s, t ….");
    assertThat(rows()).containsExactly(row("a", 1, "2026-01-01", null));
  }

  @Test
  void wrongNumbersAreRefusedByLine() {
    assertThatThrownBy(() -> load("2026-01-01", "a,1,x", "b,91,1", ",1,181", "d,90,-180"))
        .isInstanceOf(DataContractException.class)
        .hasMessage(
            "Reference acme_stores was not loaded, its table is as it was. Correct the files and load"
                + " again."
                + " acme_stores.csv, line 2: longitude is not a number of degrees between -180 and"
                + " 180."
                + " acme_stores.csv, line 3: latitude is not a number of degrees between -90 and 90."
                + " acme_stores.csv, line 4: id is empty."
                + " acme_stores.csv, line 4: longitude is not a number of degrees between -180 and"
                + " 180.");
    assertThat(lake.tables().exists(table())).isFalse();
  }

  @Test
  void aMissingFileIsRefused() {
    String folder = directory.resolve("none").toUri().toString();
    assertThatThrownBy(
            () ->
                ReferenceLoad.load(
                    spark, lake, "acme_stores", folder, LocalDate.parse("2026-01-01"), "r"))
        .isInstanceOf(DataContractException.class)
        .hasMessage(
            "Reference acme_stores was not loaded, its table is as it was. Correct the files and load"
                + " again. acme_stores.csv: There is no such file in "
                + folder.replaceAll("/$", "")
                + ".");
  }

  @Test
  void namesStayInTheReferenceFolder() {
    assertThatThrownBy(
            () ->
                ReferenceLoad.load(
                    spark, lake, "../clients", "conf", LocalDate.parse("2026-01-01"), "r"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid setting name: ../clients. Expected a letter, then letters, digits or _.");
  }

  private StageReport load(String validFrom, String... lines) throws IOException {
    Path file = directory.resolve("acme_stores.csv");
    Files.writeString(file, "id,latitude,longitude\n" + String.join("\n", lines) + "\n");
    return ReferenceLoad.load(
        spark, lake, "acme_stores", file.toString(), LocalDate.parse(validFrom), "run");
  }

  private String table() {
    return lake.layout().reference("acme_stores");
  }

  private List<Row> rows() {
    return lake.tables().read(table()).collectAsList();
  }

  private static Row row(String id, double degrees, String from, String to) {
    return RowFactory.create(
        id, degrees, degrees, Date.valueOf(from), to == null ? null : Date.valueOf(to));
  }
}
