package com.segumento.pipeline;

import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.ops.StageReport;
import java.util.List;
import java.util.Optional;

/** Fails for one client; for others it does what the stage of its name does. */
record FailingStage(String name, String client, RuntimeException failure, List<Stage> stages)
    implements Stage {

  @Override
  public Optional<String> inputs(Workspace workspace) {
    return stage().inputs(workspace);
  }

  @Override
  public StageReport run(Workspace workspace) {
    if (workspace.client().client().equals(client)) {
      throw failure;
    }
    return stage().run(workspace);
  }

  private Stage stage() {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
  }
}
