package com.segumento.lake;

import com.segumento.ops.StageReport;
import java.util.Optional;

/**
 * One step of the data's way, for one client and business date. Run twice over the same inputs it
 * leaves the same state; killed at any point and run again it ends as if it had not been.
 */
public interface Stage {
  /** {@code ingest}, {@code enrich}, {@code segment} or {@code export}. */
  String name();

  /**
   * A hash of all the stage would read now: table versions, drops, definitions. The same hash means
   * the same result. Nothing where there is nothing to do.
   */
  Optional<String> inputs(Workspace workspace);

  /**
   * Does the work.
   *
   * @throws com.segumento.model.JobException where contract, configuration or gate refuse it
   */
  StageReport run(Workspace workspace);
}
