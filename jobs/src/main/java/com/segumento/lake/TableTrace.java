package com.segumento.lake;

import com.segumento.ops.RunRecord;
import com.segumento.ops.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
  private static final Duration RECENT = Duration.ofDays(31);

  /**
   * That of a table of the workspace's client; nothing where nothing was published with it.
   *
   * @param table its name, which the ledger has with the export it was used for
   * @param days a release that is this much older than the newest date does not count
   */
  public static Optional<TableTrace> of(Workspace workspace, String table, int days) {
    // The newest release says it; the ledger of all nights of all clients is much to read.
    List<RunRecord> recent = records(workspace, table, days, Ticker.now().minus(RECENT));
    List<RunRecord> records =
        recent.stream().anyMatch(record -> saysAll(record, table))
            ? recent
            : records(workspace, table, days, Instant.EPOCH);
    return records.isEmpty() ? Optional.empty() : Optional.of(of(records, table));
  }

  /** Those that count, from the first. */
  private static List<RunRecord> records(
      Workspace workspace, String table, int days, Instant since) {
    List<RunRecord> all =
        RunLedger.reports(
            workspace.spark(), workspace.lake(), workspace.client().client(), table + OF, since);
    LocalDate newest = LocalDate.MIN;
    List<LocalDate> dates = new ArrayList<>();
    for (RunRecord record : all) {
      // What was published with a backfill of an old date is remembered as of the newest.
      newest = later(newest, record.date());
      dates.add(newest);
    }
    LocalDate oldest = Ticker.reached(later(newest, workspace.date())).minusDays(days);
    return IntStream.range(0, all.size())
        .filter(i -> !dates.get(i).isBefore(oldest))
        .mapToObj(all::get)
        .filter(record -> used(record, table).findAny().isPresent())
        .toList();
  }

  private static TableTrace of(List<RunRecord> records, String table) {
    return new TableTrace(
        records.get(records.size() - 1).run(),
        records.stream()
            .flatMap(record -> record.report().table(table).stream())
            .reduce((earlier, later) -> later),
        records.stream()
            .flatMapToLong(record -> used(record, table).mapToLong(name -> wrote(record, name)))
            .max()
            .orElseThrow(),
        records.stream().flatMapToLong(record -> releases(record, table)).max());
  }

  /** The names under which a report has the table, where there was anything in it. */
  private static Stream<String> used(RunRecord record, String table) {
    return record.report().written().stream()
        .filter(name -> name.startsWith(table + OF) && wrote(record, name) > 0);
  }

  /** The releases it remembers for the first time: each has the number of the version it made. */
  private static LongStream releases(RunRecord record, String table) {
    return used(record, table)
        .filter(isRead(record))
        .filter(name -> read(record, name) < wrote(record, name))
        .mapToLong(name -> read(record, name) + 1);
  }

  /** Whether it says a release, or is of a table of which versions are all there is to say. */
  private static boolean saysAll(RunRecord record, String table) {
    return releases(record, table).findAny().isPresent()
        || used(record, table).noneMatch(isRead(record));
  }

  private static Predicate<String> isRead(RunRecord record) {
    return name -> record.report().read(name).isPresent();
  }

  private static long read(RunRecord record, String name) {
    return record.report().read(name).getAsLong();
  }

  private static long wrote(RunRecord record, String name) {
    return record.report().wrote(name).getAsLong();
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? other : one;
  }
}
