package com.segumento.segment;

import com.segumento.config.DatasetContract;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.Workspace;
import com.segumento.model.LakeLayout;
import com.segumento.model.Profiles;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The versions of the tables the stage reads for a business date.
 *
 * @param profiles the version enrich wrote for the date; none where it has not run for it
 * @param events the version of each event dataset as of the date; a dataset that had not been
 *     ingested by then is not in it
 * @param references the newest version of each reference that is joined to events; rows of other
 *     dates than the business date are left alone
 */
record SegmentInputs(
    OptionalLong profiles, Map<String, Long> events, Map<String, Long> references) {
  private static final String NOTE_DATE = "date";

  SegmentInputs {
    events = new TreeMap<>(events);
    references = new TreeMap<>(references);
  }

  static SegmentInputs of(Workspace workspace) {
    DeltaTables tables = workspace.lake().tables();
    LakeLayout layout = workspace.lake().layout();
    LocalDate date = workspace.date();
    String profiles = layout.table(workspace.clientId(), Profiles.NAME);
    Map<String, Long> events = new TreeMap<>();
    for (DatasetContract dataset : workspace.client().datasets()) {
      if (dataset.kind() == DatasetContract.Kind.EVENT) {
        tables
            .history(layout.table(workspace.clientId(), dataset.name()))
            .lastVersion(
                note ->
                    note.containsKey(NOTE_DATE)
                        && !LocalDate.parse(note.get(NOTE_DATE)).isAfter(date))
            .ifPresent(version -> events.put(dataset.name(), version));
      }
    }
    return new SegmentInputs(
        tables.history(profiles).lastVersion(note -> date.toString().equals(note.get(NOTE_DATE))),
        events,
        references(workspace));
  }

  /** The same as they were before rows were only deleted from them. */
  SegmentInputs beforePurges(Workspace workspace) {
    DeltaTables tables = workspace.lake().tables();
    LakeLayout layout = workspace.lake().layout();
    Map<String, Long> written = new TreeMap<>();
    events.forEach(
        (name, version) ->
            written.put(
                name,
                tables.history(layout.table(workspace.clientId(), name)).beforePurges(version)));
    return new SegmentInputs(
        profiles.isEmpty()
            ? profiles
            : OptionalLong.of(
                tables
                    .history(layout.table(workspace.clientId(), Profiles.NAME))
                    .beforePurges(profiles.getAsLong())),
        written,
        references);
  }

  /** Of events and references, by name. */
  Map<String, Long> versions() {
    Map<String, Long> versions = new TreeMap<>(events);
    versions.putAll(references);
    return versions;
  }

  private static Map<String, Long> references(Workspace workspace) {
    VisitedPlaces visited = new VisitedPlaces(workspace.client());
    boolean placed =
        workspace.client().datasets().stream()
            .filter(dataset -> dataset.kind() == DatasetContract.Kind.EVENT)
            .anyMatch(dataset -> visited.code(dataset).isPresent());
    Map<String, Long> versions = new TreeMap<>();
    if (placed) {
      String name = visited.reference().orElseThrow();
      String table = workspace.lake().layout().reference(name);
      DeltaTables tables = workspace.lake().tables();
      versions.put(name, tables.exists(table) ? tables.version(table) : -1L);
    }
    return versions;
  }
}
