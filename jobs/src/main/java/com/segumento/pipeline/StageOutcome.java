package com.segumento.pipeline;

import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.StageReport;

/** How one stage of one client ended; the report is empty where nothing was done. */
public record StageOutcome(String stage, Status status, double seconds, StageReport report) {}
