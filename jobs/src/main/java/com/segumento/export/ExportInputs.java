package com.segumento.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.segumento.config.DatasetContract;
import com.segumento.config.Export;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.Memberships;
import com.segumento.model.Profiles;
import com.segumento.model.Sha256;
import com.segumento.model.SourceVersions;
import com.segumento.model.Traits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a client's releases of a date are a function of, as one hash. */
final class ExportInputs {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private ExportInputs() {}

  static String hash(Workspace workspace, SourceVersions sources) {
    List<Object> inputs = new ArrayList<>();
    inputs.add(
        List.of(
            written(workspace, Memberships.NAME, sources.memberships()),
            written(workspace, Profiles.NAME, sources.profiles()),
            sources.traits().isPresent()
                ? written(workspace, Traits.NAME, sources.traits().getAsLong())
                : -1L));
    inputs.add(workspace.client().client());
    inputs.add(workspace.date().toString());
    inputs.add(workspace.client().exports());
    inputs.add(workspace.segments());
    inputs.add(workspace.platform().privacy());
    inputs.add(hierarchies(workspace));
    inputs.add(References.inForce(workspace));
    inputs.addAll(optOuts(workspace));
    if (workspace.client().privacyBudget() != null) {
      inputs.add(workspace.client().privacyBudget());
    }
    // So that it is done once even where all else is done.
    return hash(inputs) + (workspace.replan() ? Stage.ANEW : "");
  }

  private static long written(Workspace workspace, String table, long version) {
    return workspace
        .lake()
        .tables()
        .history(workspace.lake().layout().table(workspace.clientId(), table))
        .beforePurges(version);
  }

  /** What audiences are a function of besides. */
  private static List<String> optOuts(Workspace workspace) {
    boolean audiences =
        workspace.client().exports().stream()
            .anyMatch(export -> export.kind() == Export.Kind.AUDIENCE);
    return workspace.client().datasets().stream()
        .map(DatasetContract::optOut)
        .filter(column -> audiences && column != null)
        .toList();
  }

  /** The hash of anything that can be written as JSON. */
  static String hash(Object value) {
    try {
      return Sha256.hex(JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Hierarchies of the client's columns, by dataset and column; files by the hash of their text.
   */
  static Map<String, Object> hierarchies(Workspace workspace) {
    Map<String, Object> hierarchies = new TreeMap<>();
    for (DatasetContract dataset : workspace.client().datasets()) {
      dataset
          .columns()
          .forEach(
              (name, column) -> {
                if (column.hierarchy() != null) {
                  hierarchies.put(
                      dataset.name() + "." + name,
                      List.of(
                          column.hierarchy().intervals(),
                          content(workspace.configDirectory(), column.hierarchy().file())));
                }
              });
    }
    return hierarchies;
  }

  private static String content(Path directory, String file) {
    Path path = file == null ? null : directory.resolve("hierarchies").resolve(file);
    if (path == null || !Files.exists(path)) {
      return ""; // the run says that it is missing
    }
    try {
      return Sha256.hex(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
