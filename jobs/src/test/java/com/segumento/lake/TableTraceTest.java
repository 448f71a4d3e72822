package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.RunRecord;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TableTraceTest {
  private static final LocalDate DATE = CellFixture.DATE;
  private static final String MEMORY = "release_memory";
  private static final String OF_NIGHTS = MEMORY + " of nights";
  private static final int DAYS = 30;
  private static final int CENTURIES = 300_000;

  @TempDir Path directory;
  private int runs;

  @Test
  void saysTheNewestThatWasPublishedWhateverItsDate(SparkSession spark) {
    CellFixture fixture = new CellFixture(spark, directory);
    assertThat(TableTrace.of(fixture.workspace(1), MEMORY, DAYS)).as("no ledger").isEmpty();
    RunLedger ledger = RunLedger.open(spark, fixture.lake());
    ledger.append(record("acme", DATE, report -> report.read(OF_NIGHTS, 0).wrote(OF_NIGHTS, 0)));
    assertThat(TableTrace.of(fixture.workspace(1), MEMORY, DAYS)).as("nothing was in it").isEmpty();
    ledger.append(
        record(
            "acme",
            DATE,
            report -> report.read(OF_NIGHTS, 0).wrote(OF_NIGHTS, 1).table(MEMORY, "its id")));
    ledger.append(
        record(
            "acme", DATE.minusDays(50), report -> report.read(OF_NIGHTS, 3).wrote(OF_NIGHTS, 4)));
    ledger.append(
        record("acme", DATE.plusDays(1), report -> report.read(OF_NIGHTS, 6).wrote(OF_NIGHTS, 6)));
    ledger.append(record("retail", DATE, report -> report.wrote(OF_NIGHTS, 9)));
    assertThat(TableTrace.of(fixture.workspace(1), MEMORY, DAYS))
        .contains(new TableTrace("run 4", Optional.of("its id"), 6, OptionalLong.of(4)));

    LocalDate last = DATE.plusDays(1L + DAYS);
    assertThat(TableTrace.of(fixture.workspace(last, 1), MEMORY, DAYS)).isPresent();
    assertThat(TableTrace.of(fixture.workspace(last.plusDays(1), 1), MEMORY, DAYS))
        .as("nothing is compared with it any more")
        .isEmpty();
    LocalDate ahead = LocalDate.of(2999, 1, 1);
    assertThat(TableTrace.of(fixture.workspace(ahead, 1), MEMORY, CENTURIES))
        .as("by whatever date is given")
        .isPresent();
  }

  /** Of a run that began after those before, on whatever date. */
  private RunRecord record(
      String client, LocalDate date, UnaryOperator<StageReport.Builder> report) {
    runs++;
    return new RunRecord(
        "run " + runs,
        date,
        client,
        "export",
        RunRecord.Status.DONE,
        "inputs",
        Instant.EPOCH.plusSeconds(runs),
        1,
        null,
        "1.0.0",
        report.apply(StageReport.of("export")).build());
  }
}
