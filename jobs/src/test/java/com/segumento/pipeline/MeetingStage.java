package com.segumento.pipeline;

import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.ops.StageReport;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Does what {@code stage} does once as many clients are there as {@code meeting} waits for. */
record MeetingStage(Stage stage, CyclicBarrier meeting) implements Stage {

  @Override
  public String name() {
    return stage.name();
  }

  @Override
  public Optional<String> inputs(Workspace workspace) {
    return stage.inputs(workspace);
  }

  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    try {
      meeting.await(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException("The other client did not come.", e);
    }
    stage.run(workspace, report);
  }
}
