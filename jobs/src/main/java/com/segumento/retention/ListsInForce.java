package com.segumento.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.export.Manifest;
import com.segumento.lake.Workspace;
import com.segumento.model.LakeLayout;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The releases of an audience that its destination's lists are of, however old: the next release
 * goes on from them. They end when another list takes their place.
 */
final class ListsInForce {
  private static final Logger LOG = LoggerFactory.getLogger(ListsInForce.class);

  private final Workspace workspace;

  ListsInForce(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Their folders, below the lake; none of an export of another kind, which has no lists. */
  Set<String> folders(String export) {
    LakeLayout layout = workspace.lake().layout();
    TreeSet<String> releases =
        workspace.lake().objects().list(layout.exports(workspace.clientId(), export)).stream()
            .map(object -> layout.relative(object.uri()))
            .filter(path -> path.endsWith("/" + Manifest.NAME))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> runs = new LinkedHashSet<>();
    Set<String> segments = new LinkedHashSet<>();
    for (String path : releases.descendingSet()) {
      JsonNode manifest =
          Manifest.parse(workspace.lake().objects().text(layout.root() + "/" + path).orElse(""));
      for (JsonNode segment : manifest.path("segments")) {
        if (segment.has("published_by") && segments.add(segment.path("id").asText())) {
          runs.add("/run=" + segment.path("published_by").asText() + "/");
        }
      }
    }
    LOG.info("Lists in force: export={} releases={}", export, runs.size());
    return releases.stream()
        .filter(path -> runs.stream().anyMatch(path::contains))
        .map(path -> path.substring(0, path.lastIndexOf('/')))
        .collect(Collectors.toSet());
  }
}
