package com.segumento.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class CellPlanTest {
  @TempDir Path directory;

  @Test
  void readsEachTableOnceAndJoinsByKey(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory).insight().write();
    Workspace workspace = fixture.workspace(1, CellFixture.INSIGHT);
    Export export = workspace.client().exports().get(0);
    String plan =
        new CellEngine()
            .plan(workspace, export, new SourceVersions(1, 1, OptionalLong.of(1)))
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan).doesNotContain("BroadcastNestedLoopJoin").doesNotContain("CartesianProduct");
    assertThat(plan.split("FileScan parquet", -1)).hasSize(5); // and the codes of segments
    // Every level above is rolled up within the one exchange by segment and other labels.
    String rollUp = plan.substring(0, plan.indexOf("REPARTITION_BY_COL"));
    assertThat(rollUp.split("Exchange ", -1)).hasSize(2);
  }
}
