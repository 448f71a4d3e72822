package com.segumento.export;

import com.segumento.lake.DeltaTables;
import com.segumento.lake.ExclusionsTable;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Exclusions;
import com.segumento.model.Memberships;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Finds the state of a client's tables that belongs to a business date. */
final class Sources {
  static final String TRAITS = "traits";
  private static final String DATE = "date";

  private Sources() {}

  /** The versions written for the workspace's date; nothing before segments were computed. */
  static Optional<SourceVersions> of(Workspace workspace) {
    OptionalLong memberships = version(workspace, Memberships.NAME);
    OptionalLong profiles = version(workspace, Profiles.NAME);
    if (memberships.isEmpty() || profiles.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceVersions(
            memberships.getAsLong(), profiles.getAsLong(), version(workspace, TRAITS)));
  }

  /**
   * Refuses segments that know nothing of who was left out since.
   *
   * @throws ConfigException where somebody was, or was let in again
   */
  static void requireCurrent(Workspace workspace) {
    OptionalLong current = ExclusionsTable.of(workspace).version();
    if (current.isEmpty()) {
      return;
    }
    DeltaTables tables = workspace.lake().tables();
    String path = workspace.lake().layout().table(workspace.clientId(), Memberships.NAME);
    Predicate<Map<String, String>> ofDate =
        note ->
            "segment".equals(note.get("stage"))
                && workspace.date().toString().equals(note.get(DATE));
    String version = Long.toString(current.getAsLong());
    OptionalLong newest = tables.history(path).lastVersion(ofDate);
    if (newest.isPresent()
        && !newest.equals(
            tables
                .history(path)
                .lastVersion(ofDate.and(note -> version.equals(note.get(Exclusions.NAME)))))) {
      throw new ConfigException(
          "Persons of client "
              + workspace.client().client()
              + " were left out or let in again after the segments of "
              + workspace.date()
              + " were computed. Run enrich and segment of that date again.");
    }
  }

  private static OptionalLong version(Workspace workspace, String table) {
    DeltaTables tables = workspace.lake().tables();
    return tables
        .history(workspace.lake().layout().table(workspace.clientId(), table))
        .lastVersion(note -> workspace.date().toString().equals(note.get(DATE)));
  }
}
