package com.segumento.pipeline;

import com.segumento.ops.RunRecord;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The runs of a business date, {@code <date>-1}, {@code <date>-2} and so on. A run that was killed
 * goes on under its own id; a client that ended in it gets the next one. An ad-hoc export is a run
 * that nothing else goes on in.
 */
final class RunIds {
  private static final int DATE_LENGTH = "2026-01-01".length();

  private final LocalDate date;
  private final List<RunRecord> records;

  /**
   * @param records what holds of the runs of {@code date}
   */
  RunIds(LocalDate date, List<RunRecord> records) {
    this.date = date;
    this.records = List.copyOf(records);
  }

  /** The business date of a run. */
  static LocalDate date(String run) {
    return LocalDate.parse(run.substring(0, DATE_LENGTH));
  }

  /** The run in which these stages of {@code client} go on, or begin. */
  String of(String client, Collection<String> stages) {
    return records.stream()
        .filter(record -> !record.stage().equals(AdhocExport.STAGE))
        .map(RunRecord::run)
        .max(Comparator.comparingInt(RunIds::number))
        .filter(last -> !ended(last, client, stages))
        .orElseGet(this::next);
  }

  /** A run of which nothing is written down. */
  String next() {
    return id(records.stream().mapToInt(record -> number(record.run())).max().orElse(0) + 1);
  }

  /** Whether anything is written down of {@code run}. */
  boolean begun(String run) {
    return records.stream().anyMatch(record -> record.run().equals(run));
  }

  /** One of the stages ended the client's run, or all of them are done. */
  private boolean ended(String run, String client, Collection<String> stages) {
    List<RunRecord> own =
        records.stream()
            .filter(record -> record.run().equals(run) && record.client().equals(client))
            .toList();
    return own.stream().anyMatch(RunIds::failed)
        || own.stream()
            .filter(RunIds::succeeded)
            .map(RunRecord::stage)
            .toList()
            .containsAll(stages);
  }

  private static boolean failed(RunRecord record) {
    return switch (record.status()) {
      case REFUSED, FAILED -> true;
      case RUNNING, DONE, SKIPPED -> false;
    };
  }

  private static boolean succeeded(RunRecord record) {
    return switch (record.status()) {
      case DONE, SKIPPED -> true;
      case RUNNING, REFUSED, FAILED -> false;
    };
  }

  private String id(int number) {
    return date + "-" + number;
  }

  private static int number(String run) {
    return Integer.parseInt(run.substring(run.lastIndexOf('-') + 1));
  }
}
