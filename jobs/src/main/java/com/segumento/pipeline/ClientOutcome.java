package com.segumento.pipeline;

import com.segumento.ops.RunRecord.Status;
import java.util.List;
import java.util.Optional;

/**
 * How a client fared.
 *
 * @param run the run its stages are written down under
 * @param stages those that were reached, in their order
 */
public record ClientOutcome(
    String client, String run, List<StageOutcome> stages, Optional<Failure> failure) {

  public ClientOutcome {
    stages = List.copyOf(stages);
  }

  /** Whether there was nothing to do. */
  public boolean idle() {
    return failure.isEmpty() && stages.stream().allMatch(stage -> stage.status() == Status.SKIPPED);
  }
}
