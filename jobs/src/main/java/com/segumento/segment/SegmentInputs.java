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
 */
record SegmentInputs(OptionalLong profiles, Map<String, Long> events) {
  private static final String NOTE_DATE = "date";

  SegmentInputs {
    events = new TreeMap<>(events);
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
            .lastVersion(
                layout.table(workspace.clientId(), dataset.name()),
                note ->
                    note.containsKey(NOTE_DATE)
                        && !LocalDate.parse(note.get(NOTE_DATE)).isAfter(date))
            .ifPresent(version -> events.put(dataset.name(), version));
      }
    }
    return new SegmentInputs(
        tables.lastVersion(profiles, note -> date.toString().equals(note.get(NOTE_DATE))), events);
  }
}
