package com.segumento.pipeline;

import com.segumento.ops.RunRecord;
import java.time.LocalDate;
import java.util.List;

/** Where runs are written down: {@link com.segumento.lake.RunLedger}. */
public interface Journal {
  /** Adds what is known of a stage now; of one run, client and stage the newest record holds. */
  void append(RunRecord record);

  /** What holds of every run of a business date. */
  List<RunRecord> records(LocalDate date);
}
