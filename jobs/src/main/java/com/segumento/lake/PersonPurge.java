package com.segumento.lake;

import com.segumento.model.Exclusions;
import com.segumento.model.Field;
import com.segumento.model.Nominations;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import com.segumento.udf.PersonKey;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes persons out of the newest version of a table, by a join: no predicate names one. Only files
 * with a row of theirs are written anew. What older versions hold stays until it is deleted.
 */
public final class PersonPurge {
  private static final Logger LOG = LoggerFactory.getLogger(PersonPurge.class);
  private static final int MOST_ATTEMPTS = 5;
  private static final int SECRET_BYTES = 32;
  private static final String DELETED = "num_deleted_rows";
  private static final String UPDATED = "num_updated_rows";
  private static final String OLD = "old";

  /** Key of a commit's note: the erasure it is of. */
  private static final String ERASURE = "erasure";

  /** Keys of a note begin so that say what commits have done which are no longer in the log. */
  static final String CARRIED = "erased_";

  private static final String ROWS = CARRIED + "rows";
  private static final String BEFORE = CARRIED + "before";

  private static final String NEW = "new";

  private final SparkSession spark;
  private final DeltaTables tables;
  private final Lake lake;

  public PersonPurge(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.tables = lake.tables();
    this.lake = lake;
  }

  /**
   * What was done to a table.
   *
   * @param before its version
   * @param after its version; the same where none of the persons was in it
   * @param rows of theirs that are gone, or no longer say whose they are
   */
  public record Purged(long before, long after, long rows) {}

  /** What commits of an erasure say of themselves. */
  public static Map<String, String> note(String erasure) {
    return Map.of(ERASURE, erasure);
  }

  /**
   * Deletes their rows.
   *
   * @param persons one row a person, with {@link Persons#PERSON_KEY}; read more than once
   * @param note added to what the table's newest commit says of itself, so that the table is still
   *     found by the date it is of
   */
  public Purged delete(String path, Dataset<Row> persons, Map<String, String> note) {
    return delete(path, Persons.PERSON_KEY, keys(persons), note);
  }

  /** Deletes the {@link Nominations} that they made, and those that name one of them. */
  public Purged deleteNominations(String path, Dataset<Row> persons, Map<String, String> note) {
    Column mark = Exclusions.markOf(Persons.PERSON_KEY.col());
    Purged made = delete(path, Nominations.MARK, persons.select(Nominations.MARK.as(mark)), note);
    Purged named =
        delete(
            path,
            Nominations.NOMINEE,
            persons.select(Nominations.NOMINEE.as(Persons.PERSON_KEY.col())),
            note);
    return new Purged(made.before(), named.after(), made.rows() + named.rows());
  }

  private Purged delete(String path, Field column, Dataset<Row> keys, Map<String, String> note) {
    return purge(
        path, new Deed(column, keys, DELETED, merge -> merge.whenMatched().delete()), note);
  }

  /**
   * Puts random bytes in place of their keys in the {@link ReleaseMemory}: in each cell others, in
   * all rows of a cell the same. They are made with a secret that is kept nowhere, so that nobody
   * can make them again.
   */
  public Purged forget(String path, Dataset<Row> persons, Map<String, String> note) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    Broadcast<byte[]> once =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(secret);
    try {
      Map<String, Column> nobody = new HashMap<>(Map.of(Persons.PERSON_KEY.name(), nobody(once)));
      return purge(
          path,
          new Deed(
              Persons.PERSON_KEY,
              keys(persons),
              UPDATED,
              merge -> merge.whenMatched().update(nobody)),
          note);
    } finally {
      once.destroy();
    }
  }

  private static Dataset<Row> keys(Dataset<Row> persons) {
    return persons.select(Persons.PERSON_KEY.col());
  }

  /**
   * What has been done to a table, up to its newest version, by erasures of these names, whichever
   * run did it; nothing where they did nothing.
   */
  public Optional<Purged> done(String path, Set<String> erasures) {
    long rows = 0;
    long before = Long.MAX_VALUE;
    for (TableHistory.Change change : tables.history(path).changes()) {
      Map<String, String> note = change.note();
      if (!note.containsKey(ERASURE) || !erasures.contains(note.get(ERASURE))) {
        continue;
      }
      if (note.containsKey(ROWS)) { // it stands for all before it, which may be there still
        rows = Long.parseLong(note.get(ROWS));
        before = Long.parseLong(note.get(BEFORE));
      } else if (change.rows() > 0) {
        rows += change.rows();
        before = Math.min(before, change.version() - 1);
      }
    }
    return rows == 0
        ? Optional.empty()
        : Optional.of(new Purged(before, tables.version(path), rows));
  }

  /**
   * Cuts a table's log, of which one erasure is the reason; what the log said of it is not lost.
   *
   * @param erasures its names, the first of which it bears now
   */
  public void cutLog(String path, List<String> erasures) {
    Map<String, String> note = new HashMap<>(note(erasures.get(0)));
    done(path, Set.copyOf(erasures))
        .ifPresent(
            purged -> {
              note.put(ROWS, Long.toString(purged.rows()));
              note.put(BEFORE, Long.toString(purged.before()));
            });
    new TableUpkeep(spark, lake).cutLog(path, note);
  }

  private static Column nobody(Broadcast<byte[]> secret) {
    Column cell =
        functions.concat_ws(
            "\n",
            functions.hex(side(OLD, Persons.PERSON_KEY.name())),
            side(OLD, ReleaseMemory.SHAPE.name()),
            side(OLD, ReleaseMemory.SEGMENT_ID.name()),
            side(OLD, ReleaseMemory.CELL.name()));
    Column keyed =
        functions
            .udf(new PersonKey(secret), DataTypes.BinaryType)
            .withName("erased_key")
            .apply(cell);
    return functions.substring(keyed, 1, ReleaseMemory.ERASED_BYTES);
  }

  /**
   * What is done to rows.
   *
   * @param column of the table, by which they are found
   * @param keys the values, under the column's name; each once
   * @param figure which of the merge's counts them
   */
  private record Deed(
      Field column, Dataset<Row> keys, String figure, UnaryOperator<DeltaMergeBuilder> merging) {}

  private Purged purge(String path, Deed deed, Map<String, String> note) {
    long before = tables.version(path);
    uncover(path);
    long rows = rows(path, deed, note);
    uncover(path); // where the table hides rows, the merge has hidden theirs only
    return new Purged(before, tables.version(path), rows);
  }

  private long rows(String path, Deed deed, Map<String, String> note) {
    for (int attempt = 1; holdsAny(path, deed); attempt++) {
      try {
        return merge(path, deed, note);
      } catch (DeltaConcurrentModificationException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        LOG.info("Another process has changed the table, once more: table={}", path);
      }
    }
    return 0;
  }

  // A merge without a match would be a version without a change, and stages go by versions.
  private boolean holdsAny(String path, Deed deed) {
    return !tables
        .read(path)
        .select(deed.column().col())
        .join(deed.keys(), new String[] {deed.column().name()}, "left_semi")
        .isEmpty();
  }

  private long merge(String path, Deed deed, Map<String, String> note) {
    String column = deed.column().name();
    // n:1, each key is there once.
    DeltaMergeBuilder merge =
        DeltaTable.forPath(spark, path)
            .as(OLD)
            .merge(deed.keys().as(NEW), side(OLD, column).equalTo(side(NEW, column)));
    List<Row> figures =
        tables.committing(
            Commit.of(tables.history(path).noteAfter(note)),
            () -> deed.merging().apply(merge).execute().collectAsList());
    return ((Number) figures.get(0).getAs(deed.figure())).longValue();
  }

  // Deleted rows that deletion vectors only hide are written away first.
  private void uncover(String path) {
    if (new DeltaFiles(spark, lake.objects(), path).hidesRows()) {
      spark.sql("REORG TABLE delta.`" + path.replace("`", "``") + "` APPLY (PURGE)");
    }
  }

  private static Column side(String side, String name) {
    return functions.col(side + "." + name);
  }
}
