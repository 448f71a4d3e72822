package com.segumento.pipeline;

import com.segumento.ops.RunRecord.Status;
import java.util.ArrayList;
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

  /** The same, and how it fared afterwards. */
  ClientOutcome and(ClientOutcome later) {
    if (later.idle()) {
      return this;
    }
    List<StageOutcome> all = new ArrayList<>(stages);
    all.addAll(later.stages);
    return new ClientOutcome(
        client, run.isEmpty() ? later.run : run, all, failure.or(later::failure));
  }

  /** Whether there was nothing to do. */
  public boolean idle() {
    return failure.isEmpty() && stages.stream().allMatch(stage -> stage.status() == Status.SKIPPED);
  }
}
