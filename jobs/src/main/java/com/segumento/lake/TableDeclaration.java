package com.segumento.lake;

import com.segumento.model.DataClass;
import com.segumento.model.LakeLayout;
import com.segumento.model.LakeRegistry;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Makes a table before anything is written to it, once, whichever of several processes is first.
 *
 * @param layout of the lake it is in: none is declared there of which {@link LakeRegistry} knows
 *     nothing
 */
record TableDeclaration(DeltaTables tables, SparkSession spark, Optional<LakeLayout> layout) {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int LOOKS = 30;

  private static final Set<DataClass> OF_NO_PERSON =
      EnumSet.of(DataClass.REFERENCE, DataClass.LEDGER, DataClass.BENCHMARK, DataClass.LEASE);

  /** Makes the table; where another process has, there is nothing more to do. */
  void declare(
      String path, StructType schema, List<String> partitionedBy, Map<String, String> properties) {
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
      if (tables.exists(path)) {
        return true;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    return tables.exists(path);
  }
}
