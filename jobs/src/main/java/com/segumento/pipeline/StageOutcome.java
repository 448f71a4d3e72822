package com.segumento.pipeline;

import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.StageReport;

/**
 * How one stage of one client ended; the report is empty where nothing was done.
 *
 * @param ever whether there was something to do, in this run or an earlier one of the date
 */
public record StageOutcome(
    String stage, Status status, double seconds, StageReport report, boolean ever) {

  /** Of a stage that did something, or tried to. */
  StageOutcome(String stage, Status status, double seconds, StageReport report) {
    this(stage, status, seconds, report, true);
  }
}
