package com.segumento.privacy;

import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.LakeLayout;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.gate.KeptTable;
import com.segumento.privacy.gate.KnownPersons;
import com.segumento.privacy.gate.Violation;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A client's table of {@link ReleaseMemory}. What is about to be published is remembered before it
 * is, so that a run that is killed in between leaves too much remembered, never too little.
 */
public final class MemoryTable {
  /** The least and the largest share of a file would stand in the log for everybody to read. */
  private static final Map<String, String> NO_STATISTICS =
      Map.of("delta.dataSkippingNumIndexedCols", "0");

  /** Most nights change little, and every release reads the files of all nights. */
  private static final String FEW_FILES = "rebalance";

  private final Workspace workspace;
  private final String path;

  private MemoryTable(Workspace workspace) {
    this.workspace = workspace;
    this.path = workspace.lake().layout().releaseMemory(workspace.clientId());
  }

  /** The table of the workspace's client, declared where it is not there yet. */
  public static MemoryTable open(Workspace workspace) {
    MemoryTable memory = new MemoryTable(workspace);
    memory
        .tables()
        .declare(
            memory.path, ReleaseMemory.SCHEMA, List.of(ReleaseMemory.SHAPE.name()), NO_STATISTICS);
    return memory;
  }

  /**
   * Makes sure that the table is the one that what was published is remembered in.
   *
   * @param what is refused where it is not
   * @throws PrivacyRefused where it was lost, so that nothing is compared with what was published
   */
  public static void requireKept(Workspace workspace, String what) {
    LostTable.refuse(KeptTable.releaseMemory(workspace), what);
  }

  /**
   * Makes sure that it is about the persons there are tonight.
   *
   * @param profiles of these
   * @param what is refused where it is not
   * @throws PrivacyRefused where nearly none of them is known to it, so that nothing can be
   *     compared with what was published
   */
  public static void requireKnown(Workspace workspace, Dataset<Row> profiles, String what) {
    if (new KnownPersons(workspace, profiles).areOthers()) {
      throw Refusal.of(
          workspace,
          what,
          Violation.OTHER_PERSONS.code(),
          "Of the persons its releases are about fewer than a tenth are in its data now: the client"
              + " hashes with another salt or in another way, its person key is another, or its"
              + " newest drop is not of all its customers. Have it deliver as before and ingest"
              + " that, or put the key back.");
    }
  }

  /**
   * Makes sure that nothing was published under the ids of segments that are of one run alone: it
   * would be taken for their own past, which what they bring is not remembered with.
   *
   * @throws ConfigException where something was, as of a segment that is no longer defined
   */
  public static void requireUnknown(Workspace workspace, List<String> segments) {
    MemoryTable memory = new MemoryTable(workspace);
    if (memory.version() <= 0) {
      return;
    }
    Column known = ReleaseMemory.SEGMENT_ID.col().isin(segments.toArray());
    memory
        .read(memory.version())
        .filter(known)
        .select(ReleaseMemory.SEGMENT_ID.col())
        .limit(1)
        .collectAsList()
        .forEach(
            row -> {
              throw new ConfigException(
                  "Client "
                      + workspace.clientId()
                      + " has releases of a segment "
                      + row.getString(0)
                      + ". Put what you ask for into a file, under another id.");
            });
  }

  /** Delta's own name of the table. */
  public String id() {
    return tables().id(path);
  }

  /** The newest version. */
  public long version() {
    return tables().version(path);
  }

  /** All that is remembered as of {@code version}. */
  public Dataset<Row> read(long version) {
    // Delta would start jobs to say that a declared table is empty.
    return version == 0
        ? workspace.spark().createDataFrame(List.of(), ReleaseMemory.SCHEMA)
        : tables().read(path, version);
  }

  /**
   * Remembers {@code changes} of a release of {@code export}, under the newest date there is a
   * release of: what stood then was seen then, also where a backfill of an older date replaces it.
   */
  public void remember(Dataset<Row> changes, String export) {
    Dataset<Row> dated =
        changes.withColumn(ReleaseMemory.BUSINESS_DATE.name(), functions.lit(newest()));
    Dataset<Row> named =
        workspace.lake().layout().isAside()
            ? dated.withColumn(
                ReleaseMemory.SEGMENT_ID.name(),
                functions.concat(
                    ReleaseMemory.SEGMENT_ID.col(),
                    functions.lit(ReleaseMemory.only(workspace.run()))))
            : dated;
    tables()
        .append(
            path,
            named.hint(FEW_FILES),
            Commit.of(
                Map.of(
                    "stage",
                    "export",
                    "export",
                    export,
                    "date",
                    workspace.date().toString(),
                    "run",
                    workspace.run())));
  }

  private LocalDate newest() {
    ObjectStore objects = workspace.lake().objects();
    LakeLayout layout = workspace.lake().layout();
    LocalDate newest = workspace.date();
    for (String export : objects.names(layout.exports(workspace.clientId()))) {
      for (String name : objects.names(layout.exports(workspace.clientId(), export))) {
        Optional<LocalDate> date = LakeLayout.releaseDate(name);
        newest = date.filter(newest::isBefore).orElse(newest);
      }
    }
    return newest;
  }

  /** Forgets what was remembered after {@code version}, of a release that was not published. */
  void forgetSince(long version) {
    if (version() > version) {
      tables().restore(path, version);
    }
  }

  private DeltaTables tables() {
    return workspace.lake().tables();
  }
}
