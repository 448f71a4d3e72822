package com.segumento.lake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A ledger below {@code ops}: rows of names and figures, which are only ever added. The table is
 * declared with its first row.
 */
final class LedgerTable {
  private static final long COMPACT_EVERY = 100;
  private static final Map<String, String> APPEND_ONLY = Map.of("delta.appendOnly", "true");

  private final SparkSession spark;
  private final DeltaTables tables;
  private final String path;
  private final StructType schema;

  LedgerTable(SparkSession spark, Lake lake, String name, StructType schema) {
    this.spark = spark;
    this.tables = lake.tables();
    this.path = lake.layout().ops(name);
    this.schema = schema;
  }

  /** Adds rows, all or none. */
  void append(List<Row> rows, Commit commit) {
    if (rows.isEmpty()) {
      return;
    }
    tables.declare(path, schema, List.of(), APPEND_ONLY);
    tables.append(path, spark.createDataFrame(rows, schema).coalesce(1), commit);
    if (tables.version(path) % COMPACT_EVERY == 0) {
      tables.compact(path);
    }
  }

  /** Its rows; nothing where there never was one. */
  Optional<Dataset<Row>> rows() {
    return tables.exists(path) && !tables.untouched(path)
        ? Optional.of(tables.read(path))
        : Optional.empty();
  }
}
