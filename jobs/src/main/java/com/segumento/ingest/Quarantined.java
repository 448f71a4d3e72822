package com.segumento.ingest;

import com.segumento.lake.DeltaTables;
import com.segumento.lake.MarkedWrites;
import com.segumento.model.Quarantine;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The quarantine of a dataset. It is written before the table, and each write replaces what earlier
 * attempts at the same drops left: an attempt that was killed in between leaves nothing for good.
 */
record Quarantined(String path) {

  /**
   * Makes {@code rows} all that the quarantine has of {@code drops}.
   *
   * @param drops ids of all drops that were read, the refused ones too
   * @param count how many rows there are
   */
  void replace(
      DeltaTables tables,
      MarkedWrites writes,
      Dataset<Row> rows,
      List<String> drops,
      long count,
      Map<String, String> note) {
    if (count > 0) {
      tables.declare(path, Quarantine.SCHEMA, List.of());
    } else if (!tables.exists(path) || holdsNone(tables, drops)) {
      return;
    }
    writes.replaceWhere(path, quarantine(rows), condition(drops), Map.of(), note);
  }

  private boolean holdsNone(DeltaTables tables, List<String> drops) {
    return tables.read(path).filter(Quarantine.DROP_ID.col().isin(drops.toArray())).isEmpty();
  }

  // Rows in one file: there are few of them, or the drop would be refused.
  private static Dataset<Row> quarantine(Dataset<Row> rows) {
    return rows.select(
            Quarantine.DROP_ID.col(),
            Quarantine.DROP_DATE.col(),
            Quarantine.FILE.col(),
            Quarantine.REASONS.col(),
            Quarantine.PERSON_KEY.col(),
            Quarantine.VALUES.col())
        .repartition(1);
  }

  /** Rows of these drops; the form of a drop id allows no quote. */
  static String condition(List<String> drops) {
    return Quarantine.DROP_ID.name()
        + " IN ("
        + drops.stream().map(drop -> "'" + drop + "'").collect(Collectors.joining(", "))
        + ")";
  }
}
