package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.config.Segments;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.Lake;
import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.model.Memberships;
import com.segumento.model.Profiles;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** A client's tables of the workspace's date. */
record ClientTables(Workspace workspace) {
  private static final String DATE = "date";

  /**
   * The newest business date there are profiles of.
   *
   * @throws ConfigException where there is none
   */
  static LocalDate newestDate(Lake lake, ClientId client) {
    return lake.tables().history(lake.layout().table(client, Profiles.NAME)).notes().stream()
        .flatMap(note -> Stream.ofNullable(note.get(DATE)))
        .map(LocalDate::parse)
        .max(Comparator.naturalOrder())
        .orElseThrow(
            () ->
                new ConfigException(
                    "There are no profiles of client "
                        + client
                        + " yet. Run ingest and enrich first, or nightly."));
  }

  /** The same over another lake and with other definitions. */
  Workspace with(Lake lake, Segments segments) {
    return with(lake, segments, workspace.client());
  }

  Workspace with(Lake lake, Segments segments, Client client) {
    return new Workspace(
        workspace.spark(),
        lake,
        workspace.secrets(),
        workspace.platform(),
        client,
        segments,
        workspace.date(),
        workspace.run(),
        workspace.configDirectory(),
        workspace.progress(),
        workspace.replan());
  }

  /** One row a person. */
  Dataset<Row> profiles() {
    return tables().read(path(Profiles.NAME), version(Profiles.NAME).orElseThrow());
  }

  /** How many persons there are; 0 where there are no profiles of the date. */
  long persons() {
    OptionalLong version = version(Profiles.NAME);
    return version.isEmpty() ? 0 : tables().read(path(Profiles.NAME), version.getAsLong()).count();
  }

  /** Whether there are profiles of the date. */
  boolean hasProfiles() {
    return version(Profiles.NAME).isPresent();
  }

  /** Whether segments were computed for the date. */
  boolean hasMemberships() {
    return version(Memberships.NAME).isPresent();
  }

  /** One row per segment and member. */
  Dataset<Row> memberships() {
    return MembershipView.of(workspace, version(Memberships.NAME).orElseThrow())
        .filter(Memberships.BUSINESS_DATE.col().equalTo(functions.lit(workspace.date())));
  }

  /** Who stands behind what exports have published; nothing where none was. */
  Optional<Dataset<Row>> releaseMemory() {
    String path = workspace.lake().layout().releaseMemory(workspace.clientId());
    long version = tables().version(path);
    return version > 0 ? Optional.of(tables().read(path, version)) : Optional.empty();
  }

  /** The newest version of what noise was drawn for; nothing where none was. */
  Optional<Dataset<Row>> noiseDraws() {
    String path = workspace.lake().layout().privacyBudget(workspace.clientId());
    return tables().exists(path) ? Optional.of(tables().read(path)) : Optional.empty();
  }

  /** The newest version of the release memory. */
  long releases() {
    return tables().version(workspace.lake().layout().releaseMemory(workspace.clientId()));
  }

  private OptionalLong version(String table) {
    return tables()
        .history(path(table))
        .lastVersion(note -> workspace.date().toString().equals(note.get(DATE)));
  }

  private DeltaTables tables() {
    return workspace.lake().tables();
  }

  private String path(String table) {
    return workspace.lake().layout().table(workspace.clientId(), table);
  }
}
