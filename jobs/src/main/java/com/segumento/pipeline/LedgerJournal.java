package com.segumento.pipeline;

import com.segumento.lake.AuditLedger;
import com.segumento.lake.RunLedger;
import com.segumento.lake.RunMetrics;
import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The lake's ledgers: every record goes to the runs, what was let out or refused to the audit. */
final class LedgerJournal implements Journal {
  private static final String ACTOR = "nightly";

  private final RunLedger runs;
  private final AuditLedger audit;
  private final RunMetrics metrics;

  LedgerJournal(RunLedger runs, AuditLedger audit, RunMetrics metrics) {
    this.runs = runs;
    this.audit = audit;
    this.metrics = metrics;
  }

  // Clients that run side by side write one after the other.
  @Override
  public synchronized void append(RunRecord record) {
    // The audit first: killed in between, a release is audited twice rather than never.
    record
        .report()
        .outputs()
        .forEach((export, uri) -> audit(record, "export.published", export, "uri", uri));
    if (record.status() == Status.REFUSED) {
      audit(record, "stage.refused", record.stage(), "reason", record.error());
    }
    runs.append(record);
    metrics.update(record);
  }

  @Override
  public List<RunRecord> records(LocalDate date) {
    return runs.records(date);
  }

  private void audit(RunRecord record, String action, String what, String name, String value) {
    audit.append(
        record.stage().equals(AdhocExport.STAGE) ? AdhocExport.STAGE : ACTOR,
        action,
        record.client() + "/" + what,
        Map.of("run", record.run(), "date", record.date().toString(), name, value));
  }
}
