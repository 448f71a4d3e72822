package com.segumento.retention;

import com.segumento.export.DestinationLists;
import com.segumento.export.Manifest;
import com.segumento.lake.Workspace;
import com.segumento.model.LakeLayout;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The releases of an audience whose lists are still needed, however old. The next release goes on
 * from them; of an export, segment, destination or key that is no longer configured there is none,
 * and they end with the last release that counts them among its own.
 */
final class ListsInForce {
  private static final Logger LOG = LoggerFactory.getLogger(ListsInForce.class);
  private static final String RUN = "/run=";

  private final Workspace workspace;

  ListsInForce(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Their folders, below the lake; none of an export of another kind, which has no lists.
   *
   * @param since the first day whose releases do not expire
   */
  Set<String> folders(String export, LocalDate since) {
    LakeLayout layout = workspace.lake().layout();
    List<String> releases =
        workspace.lake().objects().list(layout.exports(workspace.clientId(), export)).stream()
            .map(object -> layout.relative(object.uri()))
            .filter(path -> path.contains(RUN) && path.endsWith("/" + Manifest.NAME))
            .map(path -> path.substring(0, path.lastIndexOf('/')))
            .toList();
    if (releases.isEmpty()) {
      return Set.of();
    }
    Set<String> runs = DestinationLists.of(workspace).runs(export, since);
    LOG.info("Lists in force: export={} releases={}", export, runs.size());
    return releases.stream()
        .filter(folder -> runs.contains(folder.substring(folder.lastIndexOf(RUN) + RUN.length())))
        .collect(Collectors.toSet());
  }
}
