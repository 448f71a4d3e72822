package com.segumento.segment;

import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.model.SegmentCodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the codes of segments, and gives codes to those that are new or defined anew. Adds rows to
 * the table and changes none, so that the codes of all nights stay what they are.
 */
record AssignCodes(SparkSession spark, DeltaTables tables, String path) {
  private record Defined(String id, String hash) {}

  /** The codes, one a segment in their order. */
  List<Integer> of(List<SegmentDefinition> segments, Commit commit) {
    tables.declare(path, SegmentCodes.SCHEMA, List.of());
    Map<Defined, Integer> known = known();
    int next = known.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    List<Row> added = new ArrayList<>();
    List<Integer> codes = new ArrayList<>();
    for (SegmentDefinition segment : segments) {
      Integer code = known.get(new Defined(segment.id(), segment.hash()));
      if (code == null) {
        code = next++;
        added.add(RowFactory.create(code, segment.id(), segment.hash()));
      }
      codes.add(code);
    }
    if (!added.isEmpty()) {
      tables.append(path, spark.createDataFrame(added, SegmentCodes.SCHEMA).coalesce(1), commit);
    }
    return codes;
  }

  private Map<Defined, Integer> known() {
    Map<Defined, Integer> known = new HashMap<>();
    // As many rows as there have been definitions.
    for (Row row : tables.read(path).to(SegmentCodes.SCHEMA).collectAsList()) {
      known.put(new Defined(row.getString(1), row.getString(2)), row.getInt(0));
    }
    return known;
  }
}
