package com.segumento.lake;

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
  private static final String NEW = "new";

  private final SparkSession spark;
  private final DeltaTables tables;
  private final ObjectStore objects;

  public PersonPurge(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.tables = lake.tables();
    this.objects = lake.objects();
  }

  /**
   * What was done to a table.
   *
   * @param before its version
   * @param after its version; the same where none of the persons was in it
   * @param rows of theirs that are gone, or no longer say whose they are
   */
  public record Purged(long before, long after, long rows) {}

  /**
   * Deletes their rows.
   *
   * @param persons one row a person, with {@link Persons#PERSON_KEY}; read more than once
   * @param note added to what the table's newest commit says of itself, so that the table is still
   *     found by the date it is of
   */
  public Purged delete(String path, Dataset<Row> persons, Map<String, String> note) {
    return purge(path, persons, note, DELETED, merge -> merge.whenMatched().delete());
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
      Column nobody = nobody(once);
      return purge(
          path,
          persons,
          note,
          UPDATED,
          merge ->
              merge.whenMatched().update(new HashMap<>(Map.of(Persons.PERSON_KEY.name(), nobody))));
    } finally {
      once.destroy();
    }
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

  @FunctionalInterface
  private interface Deed {
    DeltaMergeBuilder on(DeltaMergeBuilder merge);
  }

  private Purged purge(
      String path, Dataset<Row> persons, Map<String, String> note, String figure, Deed deed) {
    long before = tables.version(path);
    uncover(path);
    Purged purged = purge(path, before, persons, note, figure, deed);
    uncover(path); // where the table hides rows, the merge has hidden theirs only
    return new Purged(before, tables.version(path), purged.rows());
  }

  private Purged purge(
      String path,
      long before,
      Dataset<Row> persons,
      Map<String, String> note,
      String figure,
      Deed deed) {
    Dataset<Row> keys = persons.select(Persons.PERSON_KEY.col());
    for (int attempt = 1; holdsAny(path, keys); attempt++) {
      try {
        long rows = merge(path, keys, note, figure, deed);
        return new Purged(before, tables.version(path), rows);
      } catch (DeltaConcurrentModificationException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        LOG.info("Another process has changed the table, once more: table={}", path);
      }
    }
    return new Purged(before, tables.version(path), 0);
  }

  // A merge without a match would be a version without a change, and stages go by versions.
  private boolean holdsAny(String path, Dataset<Row> keys) {
    return !tables
        .read(path)
        .select(Persons.PERSON_KEY.col())
        .join(keys, new String[] {Persons.PERSON_KEY.name()}, "left_semi")
        .isEmpty();
  }

  private long merge(
      String path, Dataset<Row> keys, Map<String, String> note, String figure, Deed deed) {
    Map<String, String> all = new HashMap<>(tables.newestNote(path));
    all.putAll(note);
    // n:1, a person is among them once.
    DeltaMergeBuilder merge =
        DeltaTable.forPath(spark, path)
            .as(OLD)
            .merge(
                keys.as(NEW),
                side(OLD, Persons.PERSON_KEY.name()).equalTo(side(NEW, Persons.PERSON_KEY.name())));
    List<Row> figures =
        tables.committing(Commit.of(all), () -> deed.on(merge).execute().collectAsList());
    return ((Number) figures.get(0).getAs(figure)).longValue();
  }

  // Deleted rows that deletion vectors only hide are written away first.
  private void uncover(String path) {
    if (new DeltaFiles(spark, objects, path).hidesRows()) {
      spark.sql("REORG TABLE delta.`" + path.replace("`", "``") + "` APPLY (PURGE)");
    }
  }

  private static Column side(String side, String name) {
    return functions.col(side + "." + name);
  }
}
