package com.segumento.testkit;

import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.StageReport;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/** Records of runs as the ledger would hold them. */
public final class RunRecords {
  private RunRecords() {}

  /** A stage that was done at two in the night of {@code date}, with this report. */
  public static RunRecord done(
      String client, String stage, LocalDate date, UnaryOperator<StageReport.Builder> report) {
    return ended(client, stage, date, Status.DONE, null, report);
  }

  /** A stage that ended otherwise. */
  public static RunRecord ended(
      String client, String stage, LocalDate date, Status status, String error) {
    return ended(client, stage, date, status, error, report -> report);
  }

  /** A stage that ended otherwise, and reported till then. */
  public static RunRecord ended(
      String client,
      String stage,
      LocalDate date,
      Status status,
      String error,
      UnaryOperator<StageReport.Builder> report) {
    Instant startedAt = date.atTime(2, 0).toInstant(ZoneOffset.UTC);
    return new RunRecord(
        date + "-1",
        date,
        client,
        stage,
        status,
        "inputs",
        startedAt,
        1.5,
        error,
        "1.0.0",
        report.apply(StageReport.of(stage)).build());
  }
}
