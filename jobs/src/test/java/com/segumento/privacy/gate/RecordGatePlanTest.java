package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.RecordFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RecordGatePlanTest {
  @TempDir Path directory;

  @Test
  void readsEachTableOnceAndJoinsByKey(SparkSession spark) {
    CellFixture fixture = RecordFixture.panel(new CellFixture(spark, directory)).write();
    Workspace workspace =
        fixture.workspace(
            1, RecordFixture.PANEL.replace("attributes", "segments: [a, b], attributes"));
    Export export = workspace.client().exports().get(0).at(Map.of("age", 1, "gender", 1));
    SourceVersions sources = new SourceVersions(1, 1, OptionalLong.of(1));
    RecordClaim claim = RecordGate.claim(workspace, export, sources);
    String file = fixture.lake().layout().root() + "/staging/acme/x/panel/part-00000-x.csv";
    fixture.lake().objects().write(file, "age,gender,income_band,spend_90d\n*,*,low,9.00\n");
    Dataset<Row> staged =
        new StagedRecords(spark, List.of(file), Export.Format.CSV, claim).read().orElseThrow();
    Dataset<Row> byRow = RecordGate.byRow(workspace, export, sources, claim, staged, 1);
    String plan =
        new RecordComparison(claim)
            .findings(byRow, Optional.empty())
            .queryExecution()
            .executedPlan()
            .toString();

    assertThat(plan).doesNotContain("BroadcastNestedLoopJoin").doesNotContain("CartesianProduct");
    assertThat(plan.split("FileScan parquet", -1)).hasSize(5); // and the codes of segments
    assertThat(plan.split("FileScan csv", -1)).hasSize(2);
  }
}
