package com.segumento.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.model.DataClass;
import com.segumento.model.LakeLayout;
import com.segumento.model.LakeRegistry;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delta tables by location. Tables are declared from their schema before anything is written, so
 * that required columns stay required.
 */
public final class DeltaTables {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaTables.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int LOOKS = 30;
  private static final String ONCE_APPLICATION = "spark.databricks.delta.write.txnAppId";
  private static final String ONCE_VERSION = "spark.databricks.delta.write.txnVersion";
  private static final String NOTE = "spark.databricks.delta.commitInfo.userMetadata";

  private static final Set<DataClass> OF_NO_PERSON =
      EnumSet.of(DataClass.REFERENCE, DataClass.LEDGER, DataClass.BENCHMARK, DataClass.LEASE);

  /** What commits note that only delete: rows of erased persons, and rows that have expired. */
  private static final Set<String> PURGES = Set.of("erasure", "retention");

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
    if (exists(path)) {
      return;
    }
    Map<String, String> all = new TreeMap<>(defaults(path));
    all.putAll(properties);
    try {
      create(path, schema, partitionedBy, all);
    } catch (Exception e) {
      // Delta says in several ways that another process was first, some of them checked exceptions.
      if (appears(path)) {
        return;
      }
      if (!EmptyLog.remove(spark, path)) {
        throw e;
      }
      create(path, schema, partitionedBy, all);
    }
  }

  private void create(
      String path, StructType schema, List<String> partitionedBy, Map<String, String> properties) {
    DeltaTableBuilder table =
        DeltaTable.createIfNotExists(spark)
            .location(
                path.replaceFirst(
                    "^file:/+", "/")) // Delta takes file:/ and file:/// for two places
            .addColumns(schema);
    for (var property : properties.entrySet()) {
      table = table.property(property.getKey(), property.getValue());
    }
    if (!partitionedBy.isEmpty()) {
      table = table.partitionedBy(partitionedBy.toArray(String[]::new));
    }
    table.execute();
  }

  // What the log keeps of rows outlives them: of rows of persons it keeps nothing.
  private Map<String, String> defaults(String path) {
    Map<String, String> defaults =
        new TreeMap<>(
            Map.of("delta.enableDeletionVectors", "false", "delta.checkpointInterval", "20"));
    layout
        .map(lake -> registered(lake.relative(path)))
        .filter(of -> !OF_NO_PERSON.contains(of))
        .ifPresent(of -> defaults.put("delta.dataSkippingNumIndexedCols", "0"));
    return defaults;
  }

  private static DataClass registered(String path) {
    return LakeRegistry.find(path)
        .map(LakeRegistry.Entry::of)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "A table at "
                        + path
                        + " would be of no class of data, so that nobody would know when to delete"
                        + " it. Register it in LakeRegistry."));
  }

  // Another process that declares a table makes its folder before its first commit.
  private boolean appears(String path) {
    for (int look = 0; look < LOOKS && !Thread.currentThread().isInterrupted(); look++) {
      if (exists(path)) {
        return true;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    return exists(path);
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

  /**
   * The newest version whose commit carries a note that meets {@code wanted}, as far as the table's
   * history reaches back; grows with the table's commits only.
   */
  public OptionalLong lastVersion(String path, Predicate<Map<String, String>> wanted) {
    long newest = version(path);
    if (newest < 0) {
      return OptionalLong.empty();
    }
    return notes.byVersion(path, newest).entrySet().stream()
        .filter(commit -> wanted.test(commit.getValue()))
        .mapToLong(Map.Entry::getKey)
        .max();
  }

  /**
   * The version whose rows {@code version} has but for those that were deleted since: the newest up
   * to it that no purge made. What was computed of the one need not be computed again of the other.
   */
  public long beforePurges(String path, long version) {
    return notes.byVersion(path, version(path)).entrySet().stream()
        .filter(commit -> commit.getKey() <= version)
        .filter(commit -> PURGES.stream().noneMatch(commit.getValue()::containsKey))
        .mapToLong(Map.Entry::getKey)
        .max()
        .orElse(version);
  }

  /** The notes of all commits, as far as the table's history reaches back. */
  public List<Map<String, String>> notes(String path) {
    long newest = version(path);
    return newest < 0 ? List.of() : List.copyOf(notes.byVersion(path, newest).values());
  }

  /**
   * A commit that deleted or changed rows.
   *
   * @param note what it says of itself
   * @param rows how many
   */
  record Change(long version, Map<String, String> note, long rows) {}

  /**
   * The commits that say something of themselves, as far as the table's history reaches back, from
   * the oldest.
   */
  List<Change> changes(String path) {
    long newest = version(path);
    Map<Long, Long> rows = notes.changed(path, newest);
    return notes.byVersion(path, newest).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(commit -> new Change(commit.getKey(), commit.getValue(), rows.get(commit.getKey())))
        .toList();
  }

  /** What the newest commit that says anything says of itself. */
  public Map<String, String> newestNote(String path) {
    return notes.byVersion(path, version(path)).entrySet().stream()
        .filter(commit -> !commit.getValue().isEmpty())
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElse(Map.of());
  }

  /**
   * What a commit says of itself that only deletes: what the newest one says, so that the table is
   * still found by the date it is of, and {@code note}.
   */
  Map<String, String> noteAfter(String path, Map<String, String> note) {
    Map<String, String> all = new TreeMap<>(newestNote(path));
    all.keySet().removeIf(key -> key.startsWith(PersonPurge.CARRIED));
    all.putAll(note);
    return all;
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

  /** Makes a table again what it was at {@code version}; what came after stays in its history. */
  public void restore(String path, long version) {
    DeltaTable.forPath(spark, path).restoreToVersion(version);
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
