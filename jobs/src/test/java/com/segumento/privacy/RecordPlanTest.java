package com.segumento.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.engine.RecordEngine;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RecordPlanTest {
  @TempDir Path directory;

  @Test
  void readsEachTableOnceAndMakesAllElseOfThat(SparkSession spark) {
    CellFixture fixture = RecordFixture.panel(new CellFixture(spark, directory)).write();
    Workspace workspace =
        fixture.workspace(
            1,
            RecordFixture.PANEL.replace(
                "attributes: {", "segments: [a, b], attributes: {place: quasi, "));
    Export export = workspace.client().exports().get(0);
    List<String> plans = new ArrayList<>();
    new RecordEngine()
        .stage(
            new ReleaseRequest(
                workspace, export, new SourceVersions(1, 1, OptionalLong.of(1)), "", Map.of()),
            (records, files) -> plans.add(records.queryExecution().executedPlan().toString()));

    assertThat(plans).hasSize(1);
    assertThat(plans.get(0))
        .doesNotContain("BroadcastNestedLoopJoin")
        .doesNotContain("CartesianProduct");
    // What was read is kept: the only scans are those it was made by, one of each table.
    assertThat(plans.get(0).split("InMemoryTableScan", -1)).hasSize(2);
    String made = plans.get(0).split("== Initial Plan ==", -1)[0];
    assertThat(made.split("FileScan parquet", -1)).hasSize(5); // and the codes of segments
  }
}
