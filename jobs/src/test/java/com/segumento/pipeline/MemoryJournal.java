package com.segumento.pipeline;

import com.segumento.ops.RunRecord;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A journal that a fuse may kill before any of its writes. */
final class MemoryJournal implements Journal {
  private final Map<List<String>, RunRecord> newest = new LinkedHashMap<>();
  private final Fuse fuse;
  private int appended;

  MemoryJournal(Fuse fuse) {
    this.fuse = fuse;
  }

  @Override
  public synchronized void append(RunRecord record) {
    fuse.burn();
    appended++;
    newest.put(List.of(record.run(), record.client(), record.stage()), record);
  }

  @Override
  public synchronized List<RunRecord> records(LocalDate date) {
    return newest.values().stream().filter(record -> record.date().equals(date)).toList();
  }

  int appended() {
    return appended;
  }

  /** What holds, as {@code run client stage status}, without times. */
  List<String> lines() {
    return newest.values().stream()
        .map(
            record ->
                String.join(
                    " ",
                    record.run(),
                    record.client(),
                    record.stage(),
                    record.status().name(),
                    "[" + record.inputs() + "]"))
        .toList();
  }
}
