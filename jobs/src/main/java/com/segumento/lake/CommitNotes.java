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

  /** The notes of a table's commits up to one. */
  private record Notes(long upTo, Map<Long, Map<String, String>> byVersion) {}

  CommitNotes(SparkSession spark) {
    this.spark = spark;
  }

  /** The notes up to the newest version, as far as the table's history reaches back. */
  Map<Long, Map<String, String>> byVersion(String path, long newest) {
    return read.compute(
            path,
            (key, before) -> before != null && before.upTo() == newest ? before : history(path))
        .byVersion();
  }

  private Notes history(String path) {
    Map<Long, Map<String, String>> byVersion = new HashMap<>();
    long upTo = -1;
    for (Row row :
        DeltaTable.forPath(spark, path)
            .history()
            .select("version", "userMetadata")
            .collectAsList()) {
      upTo = Math.max(upTo, row.getLong(0));
      if (!row.isNullAt(1)) {
        byVersion.put(row.getLong(0), note(row.getString(1)));
      }
    }
    return new Notes(upTo, byVersion);
  }

  private static Map<String, String> note(String json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      return Map.of(); // a commit of another program
    }
  }
}
