package com.segumento.pipeline;

import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.ops.StageReport;
import java.util.List;
import java.util.Optional;

/**
 * Fails for one client, having reported a refusal; for others it does what the stage of its name
 * does.
 */
record FailingStage(String name, String client, RuntimeException failure, List<Stage> stages)
    implements Stage {

  @Override
  public Optional<String> inputs(Workspace workspace) {
    return stage().inputs(workspace);
  }

  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    if (workspace.client().client().equals(client)) {
      report.count("drops_refused", 1);
      throw failure;
    }
    stage().run(workspace, report);
  }

  private Stage stage() {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
  }
}
