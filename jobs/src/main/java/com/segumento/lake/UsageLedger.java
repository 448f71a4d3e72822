package com.segumento.lake;

import com.segumento.model.Usage;
import com.segumento.ops.UsageEntry;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The ledger of usage, {@code ops/usage}; rows are added, and expire by day. */
public final class UsageLedger {
  private static final long COMPACT_EVERY = 100;

  private final SparkSession spark;
  private final DeltaTables tables;
  private final String path;

  private UsageLedger(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.tables = lake.tables();
    this.path = lake.layout().ops(Usage.NAME);
  }

  /** The ledger of this lake, declared where it is not there yet. */
  public static UsageLedger open(SparkSession spark, Lake lake) {
    UsageLedger ledger = new UsageLedger(spark, lake);
    ledger.tables.declare(ledger.path, Usage.SCHEMA, List.of(Usage.USAGE_DATE.name()));
    return ledger;
  }

  /** Adds an entry. */
  public void append(UsageEntry entry) {
    tables.append(
        path,
        spark
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        Date.valueOf(entry.time().atZone(ZoneOffset.UTC).toLocalDate()),
                        Timestamp.from(entry.time()),
                        entry.actor(),
                        entry.action(),
                        entry.client(),
                        entry.export(),
                        entry.run(),
                        entry.files(),
                        orNull(entry.expiresAt(), Timestamp::from),
                        orNull(entry.businessDate(), Date::valueOf),
                        entry.exitStatus())),
                Usage.SCHEMA)
            .coalesce(1),
        Commit.of(Map.of("action", entry.action())));
    if (tables.version(path) % COMPACT_EVERY == 0) {
      tables.compact(path);
    }
  }

  private static <T> Object orNull(T value, Function<T, Object> stored) {
    return value == null ? null : stored.apply(value);
  }
}
