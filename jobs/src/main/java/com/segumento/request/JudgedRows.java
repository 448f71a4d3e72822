package com.segumento.request;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.size;

import com.segumento.model.Field;
import com.segumento.model.Quarantine;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of requests as {@link TokenFiles#rows} gives them, read and keyed once however often
 * they are looked at: they stay on the executors' disks until this is closed.
 */
final class JudgedRows implements AutoCloseable {
  private static final StructType IDS = Field.schema(TokenFiles.REQUEST);

  private final SparkSession spark;
  private final Dataset<Row> rows;

  private JudgedRows(SparkSession spark, Dataset<Row> rows) {
    this.spark = spark;
    this.rows = rows.persist(StorageLevel.DISK_ONLY());
  }

  /** Those of requests that are as they were signed, of which there is one at least. */
  static JudgedRows of(TokenFiles files, List<Delivery> sound, TokenFiles.Checked checked) {
    return new JudgedRows(files.workspace().spark(), files.rows(sound, checked));
  }

  /** All of them. */
  Dataset<Row> all() {
    return rows;
  }

  /** The good ones of some of the requests. */
  Dataset<Row> good(List<Delivery> of) {
    List<Row> ids =
        of.stream().map(Delivery::id).distinct().map(id -> RowFactory.create(id)).toList();
    return rows.filter(size(Quarantine.REASONS.col()).equalTo(0))
        // n:1, ids are distinct
        .join(
            broadcast(spark.createDataFrame(ids, IDS)),
            new String[] {TokenFiles.REQUEST.name()},
            "left_semi");
  }

  @Override
  public void close() {
    rows.unpersist(true);
  }
}
