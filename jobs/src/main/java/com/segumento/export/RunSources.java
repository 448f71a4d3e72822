package com.segumento.export;

import com.segumento.lake.PastRows;
import com.segumento.lake.RunLedger;
import com.segumento.lake.Workspace;
import com.segumento.model.Memberships;
import com.segumento.model.NoiseDraws;
import com.segumento.model.Profiles;
import com.segumento.model.ReleaseMemory;
import com.segumento.model.SourceVersions;
import com.segumento.ops.RunRecord;
import com.segumento.privacy.Released;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The versions of a client's tables that a run's releases were made of, by the ledger of runs.
 *
 * @param versions none where they cannot be read any more
 * @param read all versions the run read or wrote, by the ledger
 * @param inputs hash of all the run's releases were a function of; empty where it is not kept
 * @param why there are none, in a sentence
 */
record RunSources(
    Optional<SourceVersions> versions, Map<String, Long> read, String inputs, String why) {
  private static final String STAGE = "export";
  private static final String ADHOC = "adhoc";
  private static final String READ = "in:";
  private static final String WROTE = "out:";

  /** Those of the workspace's client and run. */
  static RunSources of(Workspace workspace) {
    List<RunRecord> records =
        RunLedger.open(workspace.spark(), workspace.lake()).run(workspace.run()).stream()
            .filter(record -> record.client().equals(workspace.client().client()))
            .toList();
    if (records.stream().anyMatch(record -> record.stage().equals(ADHOC))) {
      return none("The memberships of an ad-hoc export are not kept.");
    }
    Optional<RunRecord> run =
        records.stream().filter(record -> record.stage().equals(STAGE)).findFirst();
    Map<String, Long> read = run.map(record -> record.report().versions()).orElse(Map.of());
    if (!read.containsKey(READ + Memberships.NAME) || !read.containsKey(READ + Profiles.NAME)) {
      return none("The ledger of runs does not say which tables run " + workspace.run() + " read.");
    }
    Long traits = read.get(READ + Sources.TRAITS);
    SourceVersions versions =
        new SourceVersions(
            read.get(READ + Memberships.NAME),
            read.get(READ + Profiles.NAME),
            traits == null ? OptionalLong.empty() : OptionalLong.of(traits));
    return missing(workspace, versions)
        .map(table -> none("The table " + table + " of that night is no longer kept."))
        .orElseGet(() -> new RunSources(Optional.of(versions), read, run.get().inputs(), ""));
  }

  /** The release memory before and after a release of {@code export}, where it is still kept. */
  Optional<Released.Memory> memory(Workspace workspace, String export) {
    String of = ReleaseMemory.NAME + " of " + export;
    Long before = read.get(READ + of);
    Long after = read.get(WROTE + of);
    String path = workspace.lake().layout().releaseMemory(workspace.clientId());
    Column all = functions.lit(true);
    return before != null
            && after != null
            && new PastRows(workspace.lake(), path, before, all).readable()
            && new PastRows(workspace.lake(), path, after, all).readable()
        ? Optional.of(new Released.Memory(before, after))
        : Optional.empty();
  }

  /** The version of the ledger of noise that has that of a release of {@code export}. */
  long noise(String export) {
    return read.getOrDefault(WROTE + NoiseDraws.NAME + " of " + export, Long.MAX_VALUE);
  }

  private static RunSources none(String why) {
    return new RunSources(Optional.empty(), Map.of(), "", why);
  }

  private static Optional<String> missing(Workspace workspace, SourceVersions versions) {
    Column night = Memberships.BUSINESS_DATE.col().equalTo(functions.lit(workspace.date()));
    Column all = functions.lit(true);
    if (!readable(workspace, Memberships.NAME, versions.memberships(), night)) {
      return Optional.of(Memberships.NAME);
    }
    if (!readable(workspace, Profiles.NAME, versions.profiles(), all)) {
      return Optional.of(Profiles.NAME);
    }
    boolean traits =
        versions.traits().isEmpty()
            || readable(workspace, Sources.TRAITS, versions.traits().getAsLong(), all);
    return traits ? Optional.empty() : Optional.of(Sources.TRAITS);
  }

  private static boolean readable(Workspace workspace, String table, long version, Column wanted) {
    String path = workspace.lake().layout().table(workspace.clientId(), table);
    return new PastRows(workspace.lake(), path, version, wanted).readable();
  }
}
