package com.segumento.retention;

import com.segumento.lake.Lake;
import com.segumento.lake.TableUpkeep;
import com.segumento.lake.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes from a client's tables what only versions need that are older than time travel goes: their
 * files, and their part of the log.
 */
public final class Upkeep {
  private final Workspace workspace;
  private final Lake lake;
  private final TableUpkeep tables;
  private final Instant now;

  public Upkeep(Workspace workspace, Instant now) {
    this.workspace = workspace;
    this.lake = workspace.lake();
    this.tables = new TableUpkeep(workspace.spark(), lake);
    this.now = now;
  }

  /**
   * The tables with something to take, below the lake.
   *
   * @param held whether a legal hold is on the client: it keeps older versions, too
   */
  public List<String> due(boolean held) {
    if (held) {
      return List.of();
    }
    List<String> due = new ArrayList<>();
    for (String table : lake.tablesBelow(lake.layout().client(workspace.clientId()))) {
      if (!tables.unused(table, kept(), now).isEmpty()) {
        due.add(lake.layout().relative(table));
      }
    }
    return List.copyOf(due);
  }

  /**
   * Takes it.
   *
   * @return how many objects are gone
   */
  public long carryOut(List<String> due) {
    long gone = 0;
    for (String path : due) {
      String table = lake.layout().root() + "/" + path;
      workspace.progress().begin("vacuuming " + path);
      gone += tables.vacuum(table, kept(), now);
      gone += tables.expireLog(table, kept(), now);
      workspace.progress().end("done");
    }
    return gone;
  }

  private Duration kept() {
    return Duration.ofHours(workspace.platform().timeTravelHours());
  }
}
