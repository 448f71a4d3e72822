package com.segumento.lake;

import com.segumento.ops.RunRecord;
import com.segumento.ops.StageReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the ledger of runs says of a table that a client's releases go on from, such as the release
 * memory. The ledger lies elsewhere, so that it still knows of a table that was lost.
 *
 * @param run the last that published something with the table
 * @param id Delta's own name of the table; none where older versions wrote the ledger
 * @param version the highest that a release was written down with
 * @param release the highest number of a release that the table remembers; none where only its
 *     version is written down
 */
public record TableTrace(String run, Optional<String> id, long version, OptionalLong release) {
  private static final String OF = " of ";

  /**
   * That of a table of the workspace's client; nothing where nothing was published with it.
   *
   * @param table its name, which the ledger has with the export it was used for
   * @param days a release that is this much older than the newest date does not count
   */
  public static Optional<TableTrace> of(Workspace workspace, String table, int days) {
    List<RunRecord> records =
        RunLedger.reports(
            workspace.spark(), workspace.lake(), workspace.client().client(), table + OF);
    LocalDate newest = LocalDate.MIN;
    List<LocalDate> dates = new ArrayList<>();
    for (RunRecord record : records) {
      // What was published with a backfill of an old date is remembered as of the newest.
      newest = later(newest, record.date());
      dates.add(newest);
    }
    LocalDate oldest = later(newest, workspace.date()).minusDays(days);
    List<RunRecord> counting = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      if (!dates.get(i).isBefore(oldest) && !used(records.get(i), table).isEmpty()) {
        counting.add(records.get(i));
      }
    }
    return counting.isEmpty() ? Optional.empty() : Optional.of(of(counting, table));
  }

  private static TableTrace of(List<RunRecord> records, String table) {
    String last = records.get(records.size() - 1).run();
    Optional<String> id =
        records.stream()
            .flatMap(record -> record.report().table(table).stream())
            .reduce((earlier, later) -> later);
    long version =
        records.stream()
            .flatMap(record -> used(record, table).stream().map(record.report()::wrote))
            .mapToLong(OptionalLong::getAsLong)
            .max()
            .orElseThrow();
    OptionalLong release =
        records.stream()
            .flatMap(
                record -> used(record, table).stream().map(name -> release(record.report(), name)))
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .max();
    return new TableTrace(last, id, version, release);
  }

  /** The names under which a report has the table, where there was anything in it. */
  private static List<String> used(RunRecord record, String table) {
    StageReport report = record.report();
    return report.written().stream()
        .filter(name -> name.startsWith(table + OF) && report.wrote(name).getAsLong() > 0)
        .toList();
  }

  /** A release has the number of the version after the one it was made on; null for none new. */
  private static Long release(StageReport report, String name) {
    OptionalLong before = report.read(name);
    boolean isNew = before.isPresent() && report.wrote(name).getAsLong() > before.getAsLong();
    return isNew ? before.getAsLong() + 1 : null;
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? other : one;
  }
}
