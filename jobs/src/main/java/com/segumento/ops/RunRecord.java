package com.segumento.ops;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One stage of one client in one run, as the ledger {@code ops/runs} keeps it.
 *
 * @param run id of the run, {@code <date>-<n>}: the n-th run of a business date
 * @param inputs what {@code Stage.inputs} gave: a later run over the same inputs need not do the
 *     stage again; empty where the stage had nothing to do
 * @param seconds wall-clock time of the stage
 * @param error the one-line failure, null where the stage succeeded
 * @param codeVersion version of the jar
 */
public record RunRecord(
    String run,
    LocalDate date,
    String client,
    String stage,
    Status status,
    String inputs,
    Instant startedAt,
    double seconds,
    String error,
    String codeVersion,
    StageReport report) {

  /** How a stage ended. */
  public enum Status {
    /** Begun; a record that ends it has not been written, or never will be. */
    RUNNING,
    DONE,
    /** Nothing to do, or done before. */
    SKIPPED,
    /** Refused by contract, configuration or gate. */
    REFUSED,
    FAILED
  }
}
