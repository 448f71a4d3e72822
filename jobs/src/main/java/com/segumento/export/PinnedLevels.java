package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The levels an export's last release was made at, which the next one keeps: a person's label does
 * not change from night to night only because the data did. A date that is run again has the levels
 * of its first run. One that is ad hoc has those of the nights, and the nights never have its own:
 * it is of other segments.
 */
final class PinnedLevels {
  /** Member of a manifest: the levels in force. */
  static final String LEVELS = "levels";

  /** Member of a manifest: what the levels were chosen for. */
  static final String LEVELS_FOR = "levels_for";

  private PinnedLevels() {}

  /**
   * The levels; none where no night had a release, where they were chosen for something else, or
   * where they are to be chosen anew.
   */
  static Map<String, Integer> of(Workspace workspace, Export export, Releases releases) {
    if (workspace.replan()) {
      return Map.of();
    }
    Optional<JsonNode> manifest =
        releases.newestOfNights(export.name()).map(Releases.Release::manifest);
    if (manifest.isEmpty()
        || !manifest.get().path(LEVELS_FOR).asText().equals(purpose(workspace, export))) {
      return Map.of();
    }
    JsonNode found = manifest.get().path(LEVELS);
    Map<String, Integer> levels = new LinkedHashMap<>();
    found.fieldNames().forEachRemaining(name -> levels.put(name, found.path(name).intValue()));
    return levels;
  }

  /**
   * A hash of all in the configuration that levels are chosen by: what is generalized, how it can
   * be, and what privacy asks for. Nothing of the data goes into it.
   */
  static String purpose(Workspace workspace, Export export) {
    List<Object> chosenBy = new ArrayList<>();
    chosenBy.add(export.kind());
    chosenBy.add(export.dimensions());
    chosenBy.add(export.attributes());
    chosenBy.add(export.levels());
    chosenBy.add(export.privacy());
    chosenBy.add(export.k(workspace.platform()));
    chosenBy.add(workspace.platform().privacy().kFloor());
    Map<String, Object> hierarchies = ExportInputs.hierarchies(workspace);
    hierarchies.keySet().removeIf(column -> !generalizes(export, column));
    chosenBy.add(hierarchies);
    return ExportInputs.hash(chosenBy);
  }

  private static boolean generalizes(Export export, String column) {
    String name = column.substring(column.indexOf('.') + 1);
    return export.dimensions().contains(name) || export.attributes().containsKey(name);
  }
}
