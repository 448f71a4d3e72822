package com.segumento.privacy.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.Export;
import com.segumento.config.HierarchyFile;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Profiles;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a release may be at certain levels: those that are configured, and where they were to be
 * found, any that the hierarchy has. Not whether they are the best.
 */
record ClaimedLevels(Workspace workspace, Export configured) {
  private static final int COUNTRY = 4;
  private static final int EVERYWHERE = 5;

  boolean allow(Map<String, Integer> levels) {
    return levels.keySet().equals(generalized())
        && levels.entrySet().stream().allMatch(level -> allow(level.getKey(), level.getValue()));
  }

  private Set<String> generalized() {
    if (configured.kind() == Export.Kind.CELLS) {
      return Set.copyOf(configured.dimensions());
    }
    Set<String> quasi = new HashSet<>(configured.attributes().keySet());
    quasi.removeIf(name -> configured.attributes().get(name) != DatasetContract.Role.QUASI);
    return quasi;
  }

  private boolean allow(String dimension, int level) {
    JsonNode said = configured.levels().get(dimension);
    if (said != null && said.isIntegralNumber()) {
      return said.intValue() == level;
    }
    // Records have their levels chosen where none is given.
    boolean chosen =
        said == null
            ? configured.kind() == Export.Kind.RECORDS
            : Export.AUTO.equals(said.textValue());
    return chosen && level >= lowest(dimension) && level <= top(dimension);
  }

  private int lowest(String dimension) {
    Client.Enrichment enrich = workspace.client().enrich();
    return dimension.equals(Profiles.PLACE.name())
            && enrich != null
            && enrich.location() != null
            && enrich.location().by() == Client.PlaceKey.COUNTRY
        ? COUNTRY
        : 0;
  }

  private int top(String dimension) {
    if (dimension.equals(Profiles.PLACE.name())) {
      return EVERYWHERE;
    }
    DatasetContract.Hierarchy hierarchy = Claim.hierarchy(workspace, dimension);
    if (hierarchy == null) {
      return 1;
    }
    return hierarchy.file() == null ? hierarchy.intervals().size() + 1 : top(lines(hierarchy));
  }

  private List<List<String>> lines(DatasetContract.Hierarchy hierarchy) {
    return HierarchyFile.lines(workspace.configDirectory(), hierarchy.file());
  }

  /** The level above the last, unless that joins all already. */
  private static int top(List<List<String>> lines) {
    int last = lines.get(0).size() - 1;
    boolean joined =
        last > 0 && lines.stream().allMatch(line -> line.get(line.size() - 1).equals(Cells.ANY));
    return joined ? last : last + 1;
  }
}
