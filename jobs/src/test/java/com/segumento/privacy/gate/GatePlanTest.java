package com.segumento.privacy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class GatePlanTest {
  @TempDir Path directory;

  @Test
  void readsEachTableOnceAndJoinsByKey(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory).insight().write();
    Workspace workspace = fixture.workspace(1, CellFixture.INSIGHT.replace("parquet", "csv"));
    Export export = workspace.client().exports().get(0);
    SourceVersions sources = new SourceVersions(1, 1, OptionalLong.of(1));
    String file = fixture.lake().layout().root() + "/staging/acme/x/insight/part-00000-x.csv";
    fixture
        .lake()
        .objects()
        .write(file, "segment_id,age,gender,place,customers,spend\na,*,*,*,9,\n");
    Claim claim = CellGate.claim(workspace, export, sources);
    Recount recount = new Recount(workspace, export, sources, claim);
    Dataset<Row> staged = new StagedRows(spark, file, export.format(), claim).read().orElseThrow();
    Dataset<Row> profiles = CellGate.read(workspace, Profiles.NAME, sources.profiles());
    String plan =
        CellGate.judged(recount, staged, CellGate.members(recount, profiles), true)
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan).doesNotContain("BroadcastNestedLoopJoin").doesNotContain("CartesianProduct");
    assertThat(plan.split("FileScan parquet", -1)).hasSize(5); // and the codes of segments
    assertThat(plan.split("FileScan csv", -1)).hasSize(2);
  }
}
