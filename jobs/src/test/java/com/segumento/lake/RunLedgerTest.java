package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Runs;
import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.testkit.RunRecords;
import com.segumento.testkit.SparkExtension;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RunLedgerTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 5, 1);
  private static final LocalDate SECOND = LocalDate.of(2026, 5, 2);

  private static final int DAYS = 3;

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

  @Test
  void severalThatPutItsFilesTogetherAtOnceLoseNothing(SparkSession spark) throws Exception {
    Lake lake = Lake.open(spark, directory.toUri().toString());
    RunLedger all = RunLedger.open(spark, lake);
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService writers = Executors.newFixedThreadPool(2);
    List<Future<?>> written = new ArrayList<>();
    for (String client : List.of("acme", "retail")) {
      written.add(
          writers.submit(
              () -> {
                SparkSession own = Sessions.another(spark);
                RunLedger ledger =
                    RunLedger.open(own, Lake.open(own, directory.toUri().toString()), 1);
                for (int day = 0; day < DAYS; day++) {
                  together.await(1, TimeUnit.MINUTES);
                  ledger.append(
                      RunRecords.done(client, "ingest", FIRST.plusDays(day), report -> report));
                }
                return null;
              }));
    }
    for (Future<?> writer : written) {
      writer.get();
    }
    writers.shutdown();
    List<String> expected = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      expected.add("acme " + FIRST.plusDays(day));
      expected.add("retail " + FIRST.plusDays(day));
    }
    String path = lake.layout().ops(Runs.NAME);
    assertThat(lake.tables().read(path).count()).isEqualTo(expected.size());
    assertThat(all.recent(DAYS).stream().map(run -> run.client() + " " + run.date()))
        .containsExactlyInAnyOrderElementsOf(expected);
    // Each time one put them together, or what the other had added had come too late for it.
    assertThat(operations(spark, path).stream().filter("OPTIMIZE"::equals).count())
        .isBetween((long) DAYS, 2L * DAYS);
  }

  private static List<String> operations(SparkSession spark, String path) {
    return DeltaTable.forPath(spark, path).history().select("operation").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
