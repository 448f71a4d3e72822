package com.segumento.export;

import com.segumento.lake.DeltaTables;
import com.segumento.lake.Workspace;
import com.segumento.model.Memberships;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import java.util.Optional;
import java.util.OptionalLong;

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

  private static OptionalLong version(Workspace workspace, String table) {
    DeltaTables tables = workspace.lake().tables();
    return tables.lastVersion(
        workspace.lake().layout().table(workspace.clientId(), table),
        note -> workspace.date().toString().equals(note.get(DATE)));
  }
}
