package com.segumento.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.model.LakeLayout;
import com.segumento.model.LakeRegistry;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Delta tables by location. Tables are declared from their schema before anything is written, so
 * that required columns stay required.
 */
public final class DeltaTables {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaTables.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ONCE_APPLICATION = "spark.databricks.delta.write.txnAppId";
  private static final String ONCE_VERSION = "spark.databricks.delta.write.txnVersion";
  private static final String NOTE = "spark.databricks.delta.commitInfo.userMetadata";

  private final SparkSession spark;
  private final Optional<LakeLayout> layout;
  private final Sample sample;
  private final CommitNotes notes;

  DeltaTables(SparkSession spark) {
    this(spark, Optional.empty(), Sample.ALL);
  }

  /** Those of a lake: none is declared where {@link LakeRegistry} knows of nothing. */
  DeltaTables(SparkSession spark, LakeLayout layout) {
    this(spark, Optional.of(layout), Sample.ALL);
  }

  private DeltaTables(SparkSession spark, Optional<LakeLayout> layout, Sample sample) {
    this.spark = spark;
    this.layout = layout;
    this.sample = sample;
    this.notes = new CommitNotes(spark);
  }

  /** The same tables; of those of persons only the rows of a sample of the persons are read. */
  public DeltaTables sampled(Sample persons) {
    return new DeltaTables(spark, layout, persons);
  }

  /** Whether a table is at {@code path}. */
  public boolean exists(String path) {
    return snapshot(path).version() >= 0;
  }

  /** Declares the table at {@code path} where it is not there yet. */
  public void declare(String path, StructType schema, List<String> partitionedBy) {
    declare(path, schema, partitionedBy, Map.of());
  }

  /** The same with further table properties. */
  public void declare(
      String path, StructType schema, List<String> partitionedBy, Map<String, String> properties) {
    if (!exists(path)) {
      new TableDeclaration(this, spark, layout).declare(path, schema, partitionedBy, properties);
    }
  }

  /** Adds columns of {@code schema} the table does not have yet; they are optional there. */
  public void addColumns(String path, StructType schema) {
    StructType current = schema(path);
    StructType added = new StructType();
    for (var field : schema.fields()) {
      if (!List.of(current.fieldNames()).contains(field.name())) {
        added = added.add(field.name(), field.dataType(), true);
      }
    }
    if (added.isEmpty()) {
      return;
    }
    spark
        .createDataFrame(List.of(), added)
        .write()
        .format("delta")
        .mode("append")
        .option("mergeSchema", "true")
        .save(path);
  }

  /** What the commits of a table say of themselves. */
  public TableHistory history(String path) {
    return new TableHistory(notes, path, version(path));
  }

  /** The newest rows. */
  public Dataset<Row> read(String path) {
    return sample.of(spark.read().format("delta").load(path));
  }

  /** The rows as of a version. */
  public Dataset<Row> read(String path, long version) {
    return sample.of(spark.read().format("delta").option("versionAsOf", version).load(path));
  }

  public StructType schema(String path) {
    return snapshot(path).schema();
  }

  /** The newest version. */
  public long version(String path) {
    return snapshot(path).version();
  }

  /**
   * Delta's own name of the table, which a copy of its files and log has as well, and a table that
   * is declared anew has not.
   */
  public String id(String path) {
    return snapshot(path).metadata().id();
  }

  /** Whether the table is as it was declared: Delta would start jobs to say that it is empty. */
  public boolean untouched(String path) {
    return version(path) == 0;
  }

  /** Whether {@code application} has committed to the table with {@link Commit#once}. */
  public boolean committed(String path, String application) {
    Snapshot snapshot = snapshot(path);
    return snapshot.version() > 0 && snapshot.transactions().contains(application);
  }

  /** The highest version {@code application} has committed under {@link Commit.Once}. */
  OptionalLong committedVersion(String path, String application) {
    if (untouched(path)) {
      return OptionalLong.empty();
    }
    var version = snapshot(path).transactions().get(application);
    return version.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(((Number) version.get()).longValue());
  }

  /**
   * Puts the many small files of a ledger together; no row changes. Of several processes that do so
   * at once one succeeds, and the others leave it at that.
   */
  void compact(String path) {
    try {
      DeltaTable.forPath(spark, path).optimize().executeCompaction();
    } catch (DeltaConcurrentModificationException e) {
      LOG.info("Another process has put the files together: table={}", path);
    }
  }

  /** Adds rows. */
  public void append(String path, Dataset<Row> rows, Commit commit) {
    write(rows, commit).mode("append").save(path);
  }

  /** Replaces all rows. */
  public void overwrite(String path, Dataset<Row> rows, Commit commit) {
    write(rows, commit).mode("overwrite").save(path);
  }

  /** Replaces all rows, and the table's columns by those of {@code rows}; they become optional. */
  public void overwriteSchema(String path, Dataset<Row> rows, Commit commit) {
    write(rows, commit).mode("overwrite").option("overwriteSchema", "true").save(path);
  }

  /**
   * Replaces the rows that meet {@code condition} by {@code rows}, in one commit.
   *
   * @param condition over partition columns or drop ids; it stays readable in the log, so never of
   *     a person
   */
  public void replaceWhere(String path, Dataset<Row> rows, String condition, Commit commit) {
    write(rows, commit).mode("overwrite").option("replaceWhere", condition).save(path);
  }

  /**
   * Updates rows that have a match in {@code rows} and meet {@code newer}, and inserts those that
   * have none.
   *
   * @param match over {@code old} and {@code new}; {@code new} is unique under it
   * @param newer over {@code old} and {@code new}
   */
  public void merge(String path, Dataset<Row> rows, Column match, Column newer, Commit commit) {
    committing(
        commit,
        () ->
            DeltaTable.forPath(spark, path)
                .as("old")
                .merge(rows.as("new"), match)
                .whenMatched(newer)
                .updateAll()
                .whenNotMatched()
                .insertAll()
                .execute());
  }

  /**
   * Updates rows that have a match in {@code rows} and meet {@code condition}, and inserts none.
   *
   * @param match over {@code old} and {@code new}; {@code new} is unique under it
   * @param condition over {@code old} and {@code new}
   * @param values by column, over {@code old} and {@code new}
   */
  public void update(
      String path,
      Dataset<Row> rows,
      Column match,
      Column condition,
      Map<String, Column> values,
      Commit commit) {
    committing(
        commit,
        () ->
            DeltaTable.forPath(spark, path)
                .as("old")
                .merge(rows.as("new"), match)
                .whenMatched(condition)
                .update(values)
                .execute());
  }

  /**
   * Makes a table again what it was at {@code version}; what came after stays in its history. Rows
   * that were only added are taken out by the files they are in: Delta would first compare all
   * files of both versions, which takes some jobs.
   */
  public void restore(String path, long version) {
    boolean takenOut =
        DeltaLog.forTable(spark, new Path(path))
            .withNewTransaction(
                scala.Option.empty(),
                scala.Option.empty(),
                transaction -> takeOut(transaction, path, version));
    if (!takenOut) {
      DeltaTable.forPath(spark, path).restoreToVersion(version);
    }
  }

  private boolean takeOut(OptimisticTransaction transaction, String path, long version) {
    if (version >= transaction.readVersion()) {
      return false;
    }
    List<Action> removed =
        new AppendedFiles(spark, path, version, transaction.readVersion())
            .files().stream().flatMap(List::stream).<Action>map(AddFile::remove).toList();
    if (removed.isEmpty()) {
      return false;
    }
    transaction.commit(
        CollectionConverters.asScala(removed).toSeq(),
        new DeltaOperations.Restore(scala.Option.apply(version), scala.Option.empty()));
    return true;
  }

  private DataFrameWriter<Row> write(Dataset<Row> rows, Commit commit) {
    DataFrameWriter<Row> writer =
        rows.write().format("delta").option("userMetadata", json(commit.note()));
    commit
        .once()
        .ifPresent(
            once ->
                writer
                    .option("txnAppId", once.application())
                    .option("txnVersion", Long.toString(once.version())));
    return writer;
  }

  // MERGE takes its mark and its note from the session only.
  <T> T committing(Commit commit, Supplier<T> work) {
    SparkSession session = spark;
    session.conf().set(NOTE, json(commit.note()));
    commit
        .once()
        .ifPresent(
            once -> {
              session.conf().set(ONCE_APPLICATION, once.application());
              session.conf().set(ONCE_VERSION, Long.toString(once.version()));
            });
    try {
      return work.get();
    } finally {
      session.conf().unset(NOTE);
      session.conf().unset(ONCE_APPLICATION);
      session.conf().unset(ONCE_VERSION);
    }
  }

  private Snapshot snapshot(String path) {
    // A cached log does not know what another process has committed since.
    return DeltaLog.forTable(spark, new Path(path))
        .update(false, scala.Option.empty(), scala.Option.empty());
  }

  private static String json(Map<String, String> note) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(note));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
