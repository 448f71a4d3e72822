package com.segumento.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.tables.DeltaTable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the commits of tables say of themselves; read anew where a table has a new version. */
final class CommitNotes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final Map<String, Notes> read = new ConcurrentHashMap<>();

  /** What a merge that changes or deletes rows says of them in the log. */
  private static final String CHANGED =
      "coalesce(cast(try_element_at(operationMetrics, 'numTargetRowsDeleted') as bigint), 0L) +"
          + " coalesce(cast(try_element_at(operationMetrics, 'numTargetRowsUpdated') as bigint),"
          + " 0L)";

  /** The notes of a table's commits up to one, and how many rows each has deleted or changed. */
  private record Notes(
      long upTo, Map<Long, Map<String, String>> byVersion, Map<Long, Long> changed) {}

  CommitNotes(SparkSession spark) {
    this.spark = spark;
  }

  /** The notes up to the newest version, as far as the table's history reaches back. */
  Map<Long, Map<String, String>> byVersion(String path, long newest) {
    return notes(path, newest).byVersion();
  }

  /** How many rows a merge has deleted or changed, by its version; 0 of other commits. */
  Map<Long, Long> changed(String path, long newest) {
    return notes(path, newest).changed();
  }

  private Notes notes(String path, long newest) {
    return read.compute(
        path, (key, before) -> before != null && before.upTo() == newest ? before : history(path));
  }

  private Notes history(String path) {
    Map<Long, Map<String, String>> byVersion = new HashMap<>();
    Map<Long, Long> changed = new HashMap<>();
    long upTo = -1;
    for (Row row :
        DeltaTable.forPath(spark, path)
            .history()
            .selectExpr("version", "userMetadata", CHANGED)
            .collectAsList()) {
      upTo = Math.max(upTo, row.getLong(0));
      changed.put(row.getLong(0), row.getLong(2));
      if (!row.isNullAt(1)) {
        byVersion.put(row.getLong(0), note(row.getString(1)));
      }
    }
    return new Notes(upTo, byVersion, changed);
  }

  private static Map<String, String> note(String json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      return Map.of(); // a commit of another program
    }
  }
}
