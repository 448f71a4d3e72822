package com.segumento.lake;

import com.segumento.config.Client;
import com.segumento.ops.StageReport;
import java.util.List;
import java.util.Optional;

/**
 * One step of the data's way, for one client and business date. Run twice over the same inputs it
 * leaves the same state; killed at any point and run again it ends as if it had not been.
 */
public interface Stage {
  /**
   * Follows the hash of {@link #inputs} where something is to be chosen anew that is else kept.
   * What was done then need not be done again where it is kept.
   */
  String ANEW = "+anew";

  /** {@code ingest}, {@code enrich}, {@code segment} or {@code export}. */
  String name();

  /**
   * A hash of all the stage would read now: table versions, drops, definitions. The same hash means
   * the same result. Nothing where there is nothing to do.
   */
  Optional<String> inputs(Workspace workspace);

  /**
   * Aliases of the secrets the stage works with for a client: they are looked for before the
   * client's first stage, lest a run ends halfway for want of one.
   */
  default List<String> secrets(Client client) {
    return List.of();
  }

  /**
   * Does the work, and reports while it does: where it throws, {@code report} holds what was done
   * and what was refused till then.
   *
   * @throws com.segumento.model.JobException where contract, configuration or gate refuse it, or a
   *     part of it
   */
  void run(Workspace workspace, StageReport.Builder report);

  /** The same where only the report of the whole work is wanted. */
  default StageReport run(Workspace workspace) {
    StageReport.Builder report = StageReport.of(name());
    run(workspace, report);
    return report.build();
  }
}
