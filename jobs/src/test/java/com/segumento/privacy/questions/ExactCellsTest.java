package com.segumento.privacy.questions;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Client;
import com.segumento.config.ConfigurationLoader;
import com.segumento.config.Export;
import com.segumento.model.ClientId;
import com.segumento.model.Field;
import com.segumento.model.NoiseDraws;
import com.segumento.model.ReleaseMemory;
import com.segumento.testkit.QuietClient;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ExactCellsTest {
  private static final String AGES = "age@2";
  private static final String BOTH = "age@2,gender@0";

  @TempDir Path folder;

  @Test
  void whatOnlyNoiseWasPublishedOfIsNotKnown(SparkSession spark) throws IOException {
    Dataset<Row> memory =
        spark.createDataFrame(
            List.of(
                RowFactory.create(AGES, "seen", "noisy"),
                RowFactory.create(AGES, "seen", "exact"),
                RowFactory.create(AGES, "spenders", "noisy"),
                RowFactory.create(AGES, "seen", "noisy sum"),
                RowFactory.create(BOTH, "seen", "noisy too")),
            Field.schema(ReleaseMemory.SHAPE, ReleaseMemory.SEGMENT_ID, ReleaseMemory.CELL));
    String persons = ReleaseMemory.PERSONS;
    Dataset<Row> draws =
        spark.createDataFrame(
            List.of(
                RowFactory.create("seen", "noisy", persons),
                RowFactory.create("seen", "noisy", persons), // once for each set
                RowFactory.create("seen", "noisy sum", "sum of spend in [0.0, 1.0]"),
                RowFactory.create("seen", "noisy too", persons)),
            Field.schema(NoiseDraws.SEGMENT_ID, NoiseDraws.CELL, NoiseDraws.FIGURE));
    String dp = "{k: 10, dp: {mechanism: laplace, epsilon: 1}}";
    List<Export> noisy = exports("privacy: {k: 10}", "privacy: " + dp);
    assertThat(cells(ExactCells.of(memory, draws, noisy)))
        .containsExactlyInAnyOrder("seen exact", "spenders noisy", "seen noisy sum");
    List<Export> both = new ArrayList<>(noisy);
    both.addAll(exports("name: reach", "name: exact"));
    assertThat(cells(ExactCells.of(memory, draws, both)))
        .as("the same dimensions without noise")
        .contains("seen noisy")
        .doesNotContain("seen noisy too");
    assertThat(ExactCells.of(memory, draws, both).queryExecution().toString())
        .doesNotContain("NestedLoop", "Cartesian");
  }

  private List<Export> exports(String what, String instead) throws IOException {
    Path conf = Files.createTempDirectory(folder, "conf");
    QuietClient quiet = QuietClient.write(conf);
    Path file = quiet.conf().resolve("clients/quiet.yaml");
    Files.writeString(
        file,
        Files.readString(file).replace(what, instead)
            + (instead.contains("dp:") ? "privacy_budget: {epsilon: 10, per: year}\n" : ""));
    Client client =
        ConfigurationLoader.load(quiet.conf(), new ClientId("quiet")).client(new ClientId("quiet"));
    return client.exports();
  }

  private static List<String> cells(Dataset<Row> memory) {
    return memory
        .select(ReleaseMemory.SEGMENT_ID.col(), ReleaseMemory.CELL.col())
        .collectAsList()
        .stream()
        .map(row -> row.getString(0) + " " + row.getString(1))
        .toList();
  }
}
