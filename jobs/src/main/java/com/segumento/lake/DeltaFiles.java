package com.segumento.lake;

import com.segumento.lake.ObjectStore.StoredObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;

/** What a Delta table is made of: its data files and its log. Grows with files, not with rows. */
final class DeltaFiles {
  /** Folder of the log below a table. */
  static final String LOG_FOLDER = "/_delta_log/";

  private static final String SIDECARS = LOG_FOLDER + "_sidecars/";

  private static final Pattern LOG_FILE = Pattern.compile(".*/_delta_log/([0-9]{20})\\..*");

  private final SparkSession spark;
  private final ObjectStore objects;
  private final String path;

  DeltaFiles(SparkSession spark, ObjectStore objects, String path) {
    this.spark = spark;
    this.objects = objects;
    this.path = path;
  }

  /** URIs of all files that the newest version is made of. */
  Set<String> live() {
    Set<String> live = new HashSet<>();
    DeltaLog log = log();
    for (AddFile file : snapshot(log).allFiles().collectAsList()) {
      live.add(file.absolutePath(log).toString());
      if (file.deletionVector() != null && file.deletionVector().isOnDisk()) {
        live.add(file.deletionVector().absolutePath(log.dataPath()).toString());
      }
    }
    return live;
  }

  /** Whether deletion vectors hide rows that are still in files. */
  boolean hidesRows() {
    return snapshot(log()).allFiles().collectAsList().stream()
        .anyMatch(file -> file.deletionVector() != null);
  }

  /**
   * Whether a file of the newest version is of a partition dated before a day; nothing where the
   * table is not cut by that column.
   */
  Optional<Boolean> holdsBefore(String column, LocalDate day) {
    Snapshot newest = snapshot(log());
    if (!newest.metadata().partitionColumns().contains(column)) {
      return Optional.empty();
    }
    return Optional.of(
        newest.allFiles().collectAsList().stream()
            .anyMatch(file -> file.partitionValues().get(column).exists(date -> is(date, day))));
  }

  private static boolean is(String date, LocalDate day) {
    return LocalDate.parse(date).isBefore(day);
  }

  /** Whether an unused object may hold rows dated before a day, by the partition it is in. */
  boolean mayHoldBefore(StoredObject object, String column, LocalDate day) {
    Matcher partition =
        Pattern.compile("/" + Pattern.quote(column) + "=([0-9]{4}-[0-9]{2}-[0-9]{2})/")
            .matcher(object.uri());
    return !partition.find() || is(partition.group(1), day);
  }

  /** Every object of the table that is neither of its log nor needed by its newest version. */
  List<StoredObject> unused() {
    Set<String> live = live();
    List<StoredObject> unused = new ArrayList<>();
    for (StoredObject object : objects.list(path)) {
      if (!object.uri().contains(LOG_FOLDER) && !live.contains(object.uri())) {
        unused.add(object);
      }
    }
    return unused;
  }

  /**
   * Deletes the part of the log that only versions need which another took the place of before
   * {@code before}; all later ones, and the one in force then, can still be read. Delta's own
   * cleanup goes by whole days and by checkpoints that happen to be there, so that it leaves more.
   *
   * @return how many objects are gone
   */
  int expireLog(Instant before) {
    DeltaLog log = log();
    List<StoredObject> files = objects.everything(path + LOG_FOLDER);
    long inForce = -1;
    long checkpoint = -1;
    for (StoredObject file : files) {
      long version = version(file.uri()).orElse(-1);
      if (file.uri().endsWith(".json") && file.modified() < before.toEpochMilli()) {
        inForce = Math.max(inForce, version);
      }
    }
    for (StoredObject file : files) {
      long version = version(file.uri()).orElse(-1);
      if (file.uri().endsWith(".checkpoint.parquet") && version <= inForce) {
        checkpoint = Math.max(checkpoint, version);
      }
    }
    if (checkpoint < 0 && inForce > 0) {
      log.createCheckpointAtVersion(inForce);
      checkpoint = inForce;
    }
    return deleteBelow(checkpoint, files);
  }

  private int deleteBelow(long kept, List<StoredObject> files) {
    int gone = 0;
    for (StoredObject file : files) {
      OptionalLong version = version(file.uri());
      if (version.isPresent() && version.getAsLong() < kept) {
        objects.delete(file.uri());
        gone++;
      }
    }
    if (gone > 0) {
      DeltaLog.invalidateCache(spark, new Path(path));
    }
    return gone;
  }

  /**
   * Deletes the log of all versions but a new one without changes: what its commits, statistics and
   * checkpoints said of rows that are gone is gone with them, and so are all older versions.
   */
  void cutLog(Map<String, String> note) {
    List<StoredObject> before = objects.everything(path + LOG_FOLDER);
    new MarkedWrites(spark).mark(path, Map.of(), note);
    DeltaLog log = log();
    Snapshot newest = snapshot(log);
    log.checkpoint(newest, Option.empty());
    deleteBelow(newest.version(), objects.everything(path + LOG_FOLDER));
    // Parts of checkpoints bear no version: what was there before the new one is not its own.
    before.stream()
        .map(StoredObject::uri)
        .filter(uri -> uri.contains(SIDECARS))
        .forEach(objects::delete);
  }

  private static OptionalLong version(String uri) {
    Matcher name = LOG_FILE.matcher(uri);
    return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
  }

  private DeltaLog log() {
    return DeltaLog.forTable(spark, new Path(path));
  }

  private static Snapshot snapshot(DeltaLog log) {
    return log.update(false, Option.empty(), Option.empty());
  }
}
