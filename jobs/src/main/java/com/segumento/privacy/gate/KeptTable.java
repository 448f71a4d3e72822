package com.segumento.privacy.gate;

import com.segumento.lake.DeltaTables;
import com.segumento.lake.TableTrace;
import com.segumento.lake.Workspace;
import com.segumento.model.NoiseDraws;
import com.segumento.model.ReleaseMemory;
import java.util.Optional;

/**
 * Looks whether a table that releases go on from is still the one they were made with, by the
 * ledger of runs. A table that was dropped, emptied, put back as it was before, or taken from
 * elsewhere looks like a client's first night, on which anything may be published.
 *
 * <p>What counts is that Delta calls it by the same name, that it is at no lower version, and that
 * the newest release is still in it: a version that was restored is a higher one. What takes back a
 * refused release, folds the table, erases a person or cuts the log leaves all of this.
 *
 * @param lost what is wrong where it is not
 */
public record KeptTable(Workspace workspace, String name, String path, Violation lost) {
  private static final int ALWAYS = Integer.MAX_VALUE;

  /** The release memory of the workspace's client. */
  public static KeptTable releaseMemory(Workspace workspace) {
    String path = workspace.lake().layout().releaseMemory(workspace.clientId());
    return new KeptTable(workspace, ReleaseMemory.NAME, path, Violation.LOST_MEMORY);
  }

  /** The ledger of the privacy budget of the workspace's client. */
  public static KeptTable privacyBudget(Workspace workspace) {
    String path = workspace.lake().layout().privacyBudget(workspace.clientId());
    return new KeptTable(workspace, NoiseDraws.NAME, path, Violation.LOST_BUDGET);
  }

  /** What the table is instead, in a sentence; nothing where it is kept. */
  public Optional<String> problem() {
    int days =
        lost == Violation.LOST_MEMORY ? workspace.platform().privacy().releaseMemoryDays() : ALWAYS;
    return TableTrace.of(workspace, name, days)
        .flatMap(
            trace ->
                missing(trace)
                    .map(
                        what ->
                            "The table "
                                + workspace.lake().layout().relative(path)
                                + " "
                                + what
                                + ", and run "
                                + trace.run()
                                + " published what it was to keep."));
  }

  private Optional<String> missing(TableTrace trace) {
    DeltaTables tables = workspace.lake().tables();
    long version = tables.version(path);
    if (version < 0) {
      return Optional.of("is not there");
    }
    if (trace.id().filter(id -> !id.equals(tables.id(path))).isPresent()) {
      return Optional.of("is another one than it was");
    }
    if (version < trace.version()) {
      return Optional.of("is at version " + version + " and was at " + trace.version());
    }
    boolean forgotten =
        trace.release().isPresent()
            && tables
                .read(path, version)
                .filter(ReleaseMemory.RELEASE.col().geq(trace.release().getAsLong()))
                .isEmpty();
    return forgotten
        ? Optional.of("does not hold release " + trace.release().getAsLong())
        : Optional.empty();
  }
}
