package com.segumento.pipeline;

import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.ops.StageReport;
import java.util.Optional;

/** Does what {@code stage} does, and is to choose anew while it does. */
record AnewStage(Stage stage) implements Stage {

  @Override
  public String name() {
    return stage.name();
  }

  @Override
  public Optional<String> inputs(Workspace workspace) {
    return stage.inputs(workspace).map(inputs -> inputs + ANEW);
  }

  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    stage.run(workspace, report);
  }
}
