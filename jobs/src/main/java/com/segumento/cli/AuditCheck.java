package com.segumento.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.segumento.lake.AuditLedger;
import com.segumento.ops.AuditVerdict;
import com.segumento.pipeline.Failure;
import picocli.CommandLine;

/** Follows the audit's chain, and says whether it holds. */
final class AuditCheck {
  private final Surroundings outside;
  private final Common common;
  private final CommandLine command;

  AuditCheck(Surroundings outside, Common common, CommandLine command) {
    this.outside = outside;
    this.common = common;
    this.command = command;
  }

  /** 0 where the chain holds. */
  int run(boolean json) {
    AuditVerdict verdict = verdict();
    print(verdict, json);
    verdict
        .broken()
        .ifPresent(
            broken ->
                Failures.print(
                    command.getErr(),
                    broken + " Keep the lake as it is and call the privacy officer."));
    return verdict.broken().isEmpty() ? 0 : Failure.UNEXPECTED;
  }

  private AuditVerdict verdict() {
    try (ConsoleProgress progress = ConsoleProgress.of(outside, command.getErr())) {
      Workbench bench = Workbench.open(outside, common, progress, "verify");
      progress.begin("audit");
      AuditVerdict verdict = AuditLedger.open(bench.spark(), bench.lake()).verify();
      progress.end("read");
      return verdict;
    }
  }

  private void print(AuditVerdict verdict, boolean json) {
    if (json) {
      command
          .getOut()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("holds", verdict.broken().isEmpty())
                  .put("entries", verdict.entries())
                  .put("head", verdict.head())
                  .put("broken", verdict.broken().orElse(null)));
    } else if (verdict.broken().isEmpty()) {
      command
          .getOut()
          .println(
              "The audit's chain holds: " + verdict.entries() + " entries, head " + verdict.head());
    }
  }
}
