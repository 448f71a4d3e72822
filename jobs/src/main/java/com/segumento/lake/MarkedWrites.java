package com.segumento.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Writes whose one commit carries any number of marks: rows and marks become visible together or
 * not at all. Delta's own writer takes one mark a commit, so that a night of many small deliveries
 * would cost a commit each. Marks are Delta's {@code SetTransaction} actions; they outlive log
 * cleanup and vacuum.
 */
public final class MarkedWrites {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;

  public MarkedWrites(SparkSession spark) {
    this.spark = spark;
  }

  /** All marks of the table at {@code path}; none where there is no table. */
  public Map<String, Long> marks(String path) {
    DeltaLog log = log(path);
    if (!log.tableExists()) {
      return Map.of();
    }
    Map<String, Long> marks = new HashMap<>();
    CollectionConverters.asJava(log.update(false, Option.empty(), Option.empty()).setTransactions())
        .forEach(mark -> marks.put(mark.appId(), mark.version()));
    return marks;
  }

  /** Adds marks and no rows. */
  public void mark(String path, Map<String, Long> marks, Map<String, String> note) {
    commit(path, SaveMode.Append, "", note, marks, transaction -> List.of());
  }

  /** Adds rows, and tells how many. */
  public long append(
      String path, Dataset<Row> rows, Map<String, Long> marks, Map<String, String> note) {
    return commit(
        path,
        SaveMode.Append,
        "",
        note,
        marks,
        transaction -> files(transaction, path, SaveMode.Append, "", rows));
  }

  /** Replaces all rows, and tells how many there are now. */
  public long overwrite(
      String path, Dataset<Row> rows, Map<String, Long> marks, Map<String, String> note) {
    return commit(
        path,
        SaveMode.Overwrite,
        "",
        note,
        marks,
        transaction -> files(transaction, path, SaveMode.Overwrite, "", rows));
  }

  /**
   * Replaces the rows that meet {@code condition}.
   *
   * @param condition over partition columns or drop ids, met by all {@code rows}; it stays readable
   *     in the log, so never of a person
   */
  public void replaceWhere(
      String path,
      Dataset<Row> rows,
      String condition,
      Map<String, Long> marks,
      Map<String, String> note) {
    commit(
        path,
        SaveMode.Overwrite,
        condition,
        note,
        marks,
        transaction -> files(transaction, path, SaveMode.Overwrite, condition, rows));
  }

  @FunctionalInterface
  private interface Work {
    List<Action> actions(OptimisticTransaction transaction);
  }

  // Rows in the files the commit adds.
  private long commit(
      String path,
      SaveMode mode,
      String condition,
      Map<String, String> note,
      Map<String, Long> marks,
      Work work) {
    return log(path)
        .withNewTransaction(
            Option.empty(),
            Option.empty(),
            transaction -> {
              // Reading the marks makes a concurrent commit of the same mark a conflict.
              marks.keySet().forEach(transaction::txnVersion);
              List<Action> actions = new ArrayList<>(work.actions(transaction));
              marks.forEach(
                  (name, version) ->
                      actions.add(new SetTransaction(name, version, Option.empty())));
              transaction.commit(seq(actions), operation(mode, condition, json(note)));
              return rows(actions);
            });
  }

  private List<Action> files(
      OptimisticTransaction transaction,
      String path,
      SaveMode mode,
      String condition,
      Dataset<Row> rows) {
    Map<String, String> options =
        condition.isEmpty() ? Map.of() : Map.of(DeltaOptions.REPLACE_WHERE_OPTION(), condition);
    WriteIntoDelta write =
        new WriteIntoDelta(
            log(path),
            mode,
            new DeltaOptions(map(options), spark.sessionState().conf()),
            transaction.metadata().partitionColumns(),
            map(Map.of()),
            rows,
            Option.empty(),
            Option.empty(),
            false);
    return CollectionConverters.asJava(write.write(transaction, spark, Option.empty(), false));
  }

  private static Long rows(List<Action> actions) {
    return actions.stream()
        .filter(AddFile.class::isInstance)
        .map(action -> ((AddFile) action).numPhysicalRecords())
        .mapToLong(records -> records.isEmpty() ? 0L : (Long) records.get())
        .sum();
  }

  private static DeltaOperations.Operation operation(SaveMode mode, String condition, String note) {
    return new DeltaOperations.Write(
        mode,
        Option.empty(),
        condition.isEmpty() ? Option.empty() : Option.apply(condition),
        Option.apply(note),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  private DeltaLog log(String path) {
    return DeltaLog.forTable(spark, new Path(path));
  }

  private static Seq<Action> seq(List<Action> actions) {
    return CollectionConverters.asScala(actions).toSeq();
  }

  private static scala.collection.immutable.Map<String, String> map(Map<String, String> options) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(options));
  }

  private static String json(Map<String, String> note) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(note));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
