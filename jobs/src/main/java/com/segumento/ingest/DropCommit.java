package com.segumento.ingest;

import static org.apache.spark.sql.functions.countDistinct;

import com.segumento.config.DatasetContract.Mode;
import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.lake.MarkedWrites;
import com.segumento.model.Persons;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The one commit that makes drops part of their table. It carries a mark for each drop, so that a
 * drop is in the table once or not at all, wherever a run is killed.
 */
record DropCommit(
    DropTable table, DeltaTables tables, MarkedWrites writes, Map<String, String> note) {
  /** Mark of the newest snapshot: its date in days since 1970. */
  static final String SNAPSHOT = "snapshot:";

  private static final String REPLACED = "replaced:";

  /** The mark of a drop that another one took the place of. */
  static String replaced(String drop) {
    return REPLACED + drop;
  }

  /** Commits drops without a good row. */
  long nothing(List<Drop> drops) {
    Dataset<Row> none = tables.read(table.path()).limit(0);
    Optional<String> replaces = replaces(drops);
    if (table.snapshot()) {
      writes.overwrite(table.path(), none, marks(drops), note);
    } else if (replaces.isPresent()) {
      writes.replaceWhere(table.path(), none, condition(drops), marks(drops), note);
    } else {
      writes.mark(table.path(), marks(drops), note);
    }
    return 0;
  }

  /**
   * Commits the good rows of drops; gives how many were kept after duplicates were left out.
   *
   * @param drops any number of drops to append, or one to upsert, to replace by or to replace
   *     another with
   */
  long rows(List<Drop> drops, Dataset<Row> good, long count) {
    if (table.contract().mode() == Mode.UPSERT) {
      return upsert(drops.get(0), good);
    }
    Dataset<Row> rows = table.ofEvents() ? table.distinctEvents(good, count) : table.newest(good);
    if (table.snapshot()) {
      return writes.overwrite(table.path(), rows, marks(drops), note);
    }
    if (replaces(drops).isEmpty()) {
      return writes.append(table.path(), rows, marks(drops), note);
    }
    long kept = rows.count(); // the commit's own figure includes rows of other drops it moves
    writes.replaceWhere(table.path(), rows, condition(drops), marks(drops), note);
    return kept;
  }

  private long upsert(Drop drop, Dataset<Row> good) {
    Row persons = good.agg(countDistinct(Persons.PERSON_KEY.col())).first();
    // 1:1, newest gives one row a person, and the table has one.
    tables.merge(
        table.path(),
        table.newest(good),
        table.samePerson(),
        table.newer(),
        new Commit(Optional.of(new Commit.Once(drop.id(), drop.mark())), note));
    return persons.getLong(0);
  }

  private static Optional<String> replaces(List<Drop> drops) {
    return drops.size() == 1
        ? Optional.ofNullable(drops.get(0).manifest().replaces())
        : Optional.empty();
  }

  private static String condition(List<Drop> drops) {
    List<String> ids = new ArrayList<>(List.of(drops.get(0).id()));
    replaces(drops).ifPresent(ids::add);
    return Quarantined.condition(ids);
  }

  private Map<String, Long> marks(List<Drop> drops) {
    Map<String, Long> marks = new TreeMap<>();
    drops.forEach(drop -> marks.put(drop.id(), drop.mark()));
    replaces(drops)
        .ifPresent(
            other -> {
              marks.put(replaced(other), 1L);
              if (!writes.marks(table.path()).containsKey(other)) {
                marks.put(other, DropTable.REPLACED);
              }
            });
    if (table.snapshot()) {
      marks.put(SNAPSHOT, drops.get(0).date().toEpochDay());
    }
    return marks;
  }
}
