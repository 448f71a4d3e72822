package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Runs;
import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.testkit.RunRecords;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RunLedgerTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 5, 1);
  private static final LocalDate SECOND = LocalDate.of(2026, 5, 2);

  @TempDir Path directory;

  @Test
  void theNewestRecordOfAStageHolds(SparkSession spark) {
    Lake lake = Lake.open(spark, directory.toUri().toString());
    RunLedger ledger = RunLedger.open(spark, lake);
    assertThat(ledger.recent(5)).isEmpty();
    RunRecord first =
        RunRecords.done("acme", "ingest", FIRST, report -> report.count("rows_in", 12));
    RunRecord second =
        RunRecords.ended("acme", "ingest", SECOND, Status.FAILED, "The store did not answer.");
    for (RunRecord record : List.of(first, second)) {
      ledger.append(RunRecords.ended("acme", "ingest", record.date(), Status.RUNNING, null));
      ledger.append(record);
    }
    RunLedger again = RunLedger.open(spark, lake);
    assertThat(again.records(FIRST)).containsExactly(first);
    assertThat(again.run("2026-05-02-1")).containsExactly(second);
    assertThat(again.run("2026-05-03-1")).isEmpty();
    assertThat(again.recent(1)).containsExactly(second);
    assertThat(again.recent(2)).containsExactly(first, second);
    lake.tables().compact(lake.layout().ops(Runs.NAME));
    assertThat(again.recent(2)).containsExactly(first, second);
  }
}
