package com.segumento.pipeline;

import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.ops.StageReport;
import java.util.Optional;

/** A small real stage: writes what it reads, with its own name added, to a file of the lake. */
record CopyStage(String name, String from, Fuse fuse) implements Stage {

  @Override
  public Optional<String> inputs(Workspace workspace) {
    return workspace.lake().objects().text(file(workspace, from));
  }

  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    String read = workspace.lake().objects().text(file(workspace, from)).orElseThrow();
    fuse.burn();
    workspace.lake().objects().write(file(workspace, name), read + " " + name);
    report.count("persons", read.length()).output(name, workspace.run());
  }

  static String file(Workspace workspace, String name) {
    return file(workspace.lake().layout().root(), workspace.client().client(), name);
  }

  static String file(String root, String client, String name) {
    return root + "/" + client + "/" + name;
  }
}
