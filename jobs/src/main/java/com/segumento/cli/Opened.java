package com.segumento.cli;

import com.segumento.pipeline.ClientOutcome;
import com.segumento.pipeline.Summary;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one command has opened, and the runs it made. */
final class Opened {
  private final Set<String> runs = new TreeSet<>();
  private Workbench bench;

  void with(Workbench opened) {
    bench = opened;
  }

  /** Nothing of a command that has no business with the lake. */
  Optional<Workbench> bench() {
    return Optional.ofNullable(bench);
  }

  void ran(String run) {
    runs.add(run);
  }

  void ran(Summary summary) {
    summary.clients().stream()
        .filter(client -> !client.idle())
        .map(ClientOutcome::run)
        .filter(run -> !run.isEmpty())
        .forEach(runs::add);
  }

  Set<String> runs() {
    return runs;
  }
}
