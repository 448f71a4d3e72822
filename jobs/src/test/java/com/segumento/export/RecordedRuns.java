package com.segumento.export;

import com.segumento.config.Configuration;
import com.segumento.lake.RunLedger;
import com.segumento.lake.Workspace;
import com.segumento.ops.Progress;
import com.segumento.ops.RunRecord;
import com.segumento.ops.StageReport;
import com.segumento.pipeline.Parts;
import com.segumento.pipeline.Verification;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Runs that the ledger knows, as those of a night, so that their releases can be verified. */
final class RecordedRuns {
  private RecordedRuns() {}

  /** Publishes the exports of a workspace. */
  static StageReport publish(Workspace workspace) {
    ExportStage stage = new ExportStage();
    StageReport report = stage.run(workspace);
    append(workspace, stage.inputs(workspace).orElseThrow(), report);
    return report;
  }

  /** Has the ledger say this of the workspace's run, whatever it did. */
  static void append(Workspace workspace, String inputs, StageReport report) {
    RunLedger.open(workspace.spark(), workspace.lake())
        .append(
            new RunRecord(
                workspace.run(),
                workspace.date(),
                workspace.client().client(),
                report.stage(),
                RunRecord.Status.DONE,
                inputs,
                Instant.EPOCH,
                1,
                null,
                "test",
                report));
  }

  /** What {@code verify --path} does under this configuration. */
  static Verification verification(Workspace now) {
    return new Verification(
        new Parts(
            now.spark(),
            now.lake(),
            now.secrets(),
            new Configuration(
                now.configDirectory(),
                now.platform(),
                new TreeMap<>(Map.of(now.client().client(), now.client())),
                Map.of(now.client().client(), now.segments()))),
        Progress.SILENT);
  }
}
