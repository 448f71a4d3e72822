package com.segumento.lake;

import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.model.Field;
import com.segumento.udf.NeedleFilter;
import io.delta.tables.DeltaTable;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away what a table no longer needs: files of old versions, and the log of them. */
public final class TableUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(TableUpkeep.class);
  private static final String RETENTION_CHECK =
      "spark.databricks.delta.retentionDurationCheck.enabled";
  private static final double SECONDS_OF_AN_HOUR = 3600.0;

  private final SparkSession spark;
  private final Lake lake;

  public TableUpkeep(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** URIs of all files that the newest version of the table is made of. */
  public Set<String> live(String path) {
    return files(path).live();
  }

  /** Objects that no version of the last {@code kept} needs. */
  public List<StoredObject> unused(String path, Duration kept, Instant now) {
    long before = now.minus(kept).toEpochMilli();
    return files(path).unused().stream().filter(object -> object.modified() < before).toList();
  }

  /**
   * Whether a table has rows dated before a day; a table that is cut by the column says so without
   * being read.
   */
  public boolean holdsBefore(String path, Field dated, LocalDate day) {
    return files(path)
        .holdsBefore(dated.name(), day)
        .orElseGet(() -> !lake.tables().read(path).filter(before(dated, day)).isEmpty());
  }

  /**
   * Whether anything is left of rows dated before a day, also in files that only older versions
   * need, as a run leaves them that is killed in {@link #deleteBefore}.
   */
  public boolean keepsBefore(String path, Field dated, LocalDate day) {
    DeltaFiles of = files(path);
    return holdsBefore(path, dated, day)
        || of.unused().stream().anyMatch(file -> of.mayHoldBefore(file, dated.name(), day));
  }

  /**
   * Deletes the rows dated before a day, and all files of older versions that may hold one.
   *
   * @param note of the commit, beside what the newest commit says
   * @return how many objects are gone
   */
  public int deleteBefore(String path, Field dated, LocalDate day, Map<String, String> note) {
    if (holdsBefore(path, dated, day)) {
      // A date is no secret: it may stand in the log.
      lake.tables()
          .committing(
              Commit.of(lake.tables().history(path).noteAfter(note)),
              () -> {
                DeltaTable.forPath(spark, path).delete(before(dated, day));
                return null;
              });
    }
    int gone = 0;
    for (StoredObject object : files(path).unused()) {
      if (files(path).mayHoldBefore(object, dated.name(), day)) {
        lake.objects().deleteForGood(object.uri());
        gone++;
      }
    }
    LOG.info("Expired rows: table={} before={} objects={}", path, day, gone);
    return gone;
  }

  private static Column before(Field dated, LocalDate day) {
    return dated.col().lt(functions.lit(Date.valueOf(day)));
  }

  /**
   * Deletes the files that no version of the last {@code kept} needs. Delta refuses less than a
   * week, as somebody may be reading or writing still: that is up to the caller, who holds the
   * client's leases and says how long a reader may take.
   *
   * @return how many objects are gone
   */
  public int vacuum(String path, Duration kept, Instant now) {
    if (unused(path, kept, now).isEmpty()) {
      return 0; // a vacuum without anything to do takes seconds
    }
    int before = files(path).unused().size();
    spark.conf().set(RETENTION_CHECK, "false");
    try {
      DeltaTable.forPath(spark, path).vacuum(kept.toSeconds() / SECONDS_OF_AN_HOUR);
    } finally {
      spark.conf().unset(RETENTION_CHECK);
    }
    int gone = before - files(path).unused().size();
    LOG.info("Vacuumed: table={} objects={}", path, gone);
    return gone;
  }

  /**
   * Deletes all files that the newest version does not need, however young; no older version can be
   * read afterwards. The caller makes sure that nobody writes or reads.
   *
   * @return how many objects are gone
   */
  public int deleteUnused(String path) {
    List<StoredObject> unused = files(path).unused();
    unused.forEach(object -> lake.objects().deleteForGood(object.uri()));
    return unused.size();
  }

  /**
   * Deletes the log of versions older than {@code kept}, where there is any.
   *
   * @return how many objects are gone
   */
  public int expireLog(String path, Duration kept, Instant now) {
    int gone = files(path).expireLog(now.minus(kept));
    if (gone > 0) {
      LOG.info("Expired the log: table={} objects={}", path, gone);
    }
    return gone;
  }

  /** Deletes the log of all versions but the newest; no older version can be read afterwards. */
  public void cutLog(String path, Map<String, String> note) {
    Map<String, String> all = lake.tables().history(path).noteAfter(Map.of());
    // What is too short to be a needle may stay, as dates; else the note could be why the log is
    // cut.
    all.entrySet().removeIf(said -> isLong(said.getKey()) || isLong(said.getValue()));
    all.putAll(note);
    files(path).cutLog(all);
    LOG.info("Cut the log: table={}", path);
  }

  private static boolean isLong(String text) {
    return text.length() >= NeedleFilter.WINDOW;
  }

  private DeltaFiles files(String path) {
    return new DeltaFiles(spark, lake.objects(), path);
  }
}
