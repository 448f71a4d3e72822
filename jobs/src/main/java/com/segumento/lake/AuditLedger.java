package com.segumento.lake;

import com.segumento.model.Audit;
import com.segumento.ops.AuditEntry;
import com.segumento.ops.AuditVerdict;
import com.segumento.ops.Ticker;
import io.delta.exceptions.DeltaConcurrentModificationException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The audit, {@code ops/audit}: append-only and hash-chained. Entry {@code n} is committed under
 * Delta's idempotency mark {@code n}, so of several processes that would write it one does, and the
 * others write the entries after it: the chain never forks. Names and figures only; callers keep
 * tokens and keys out. The details of each entry say whose command wrote it, as the actor of most
 * is a job.
 */
public final class AuditLedger {
  private static final String APPLICATION = "segumento.audit";
  private static final String USER = "user";
  private static final int MOST_ATTEMPTS = 200;

  private final SparkSession spark;
  private final DeltaTables tables;
  private final String path;
  private Optional<AuditEntry> newest = Optional.empty();

  private AuditLedger(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.tables = lake.tables();
    this.path = lake.layout().ops(Audit.NAME);
  }

  /** The audit of this lake, declared where it is not there yet. */
  public static AuditLedger open(SparkSession spark, Lake lake) {
    AuditLedger ledger = new AuditLedger(spark, lake);
    lake.tables().declare(ledger.path, Audit.SCHEMA, List.of(), Map.of("delta.appendOnly", "true"));
    return ledger;
  }

  /** Adds an entry after all others. */
  public synchronized void append(
      String actor, String action, String subject, Map<String, String> details) {
    String id = UUID.randomUUID().toString();
    Map<String, String> said = new TreeMap<>(details);
    said.put(USER, spark.sparkContext().sparkUser());
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      AuditEntry entry = AuditEntry.after(last(), id, Ticker.now(), actor, action, subject, said);
      if (committed(entry)) {
        newest = Optional.of(entry);
        return;
      }
    }
    throw new IllegalStateException(
        "The audit entry "
            + action
            + " of "
            + subject
            + " could not be written: other processes wrote first "
            + MOST_ATTEMPTS
            + " times.");
  }

  /**
   * The newest entry of one of these actions on a subject that says something under a name; nothing
   * where there is none.
   *
   * @param since what was written before is not looked at
   */
  Optional<AuditEntry> newest(List<String> actions, String subject, String detail, Instant since) {
    return newest(
        actions,
        Audit.TIME
            .col()
            .geq(functions.lit(Timestamp.from(since)))
            .and(Audit.SUBJECT.col().equalTo(subject))
            .and(Audit.DETAILS.col().getItem(detail).isNotNull()));
  }

  /**
   * The newest entry of one of these actions that says {@code value} under a name; nothing where
   * there is none.
   */
  public Optional<AuditEntry> newest(List<String> actions, String detail, String value) {
    return newest(actions, Audit.DETAILS.col().getItem(detail).equalTo(value));
  }

  private Optional<AuditEntry> newest(List<String> actions, Column wanted) {
    if (tables.untouched(path)) {
      return Optional.empty();
    }
    return tables
        .read(path)
        .filter(Audit.ACTION.col().isin(actions.toArray()))
        .filter(wanted)
        .orderBy(Audit.SEQUENCE.col().desc())
        .limit(1)
        .collectAsList()
        .stream()
        .map(AuditLedger::entry)
        .findFirst();
  }

  /** Follows the whole chain, one entry in memory at a time. */
  public AuditVerdict verify() {
    long expected = tables.committedVersion(path, APPLICATION).orElse(0);
    Iterator<Row> rows =
        tables.read(path).orderBy(Audit.SEQUENCE.col(), Audit.ID.col()).toLocalIterator();
    return AuditVerdict.of(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public AuditEntry next() {
            return entry(rows.next());
          }
        },
        expected);
  }

  private boolean committed(AuditEntry entry) {
    Commit commit =
        new Commit(
            Optional.of(new Commit.Once(APPLICATION, entry.sequence())),
            Map.of("action", entry.action()));
    try {
      tables.append(path, spark.createDataFrame(List.of(row(entry)), Audit.SCHEMA), commit);
    } catch (DeltaConcurrentModificationException e) {
      return false; // another process wrote an entry meanwhile; this one comes after it
    }
    // Delta silently drops a write whose mark was set before.
    return at(entry.sequence()).map(AuditEntry::hash).equals(Optional.of(entry.hash()));
  }

  private Optional<AuditEntry> last() {
    OptionalLong sequence = tables.committedVersion(path, APPLICATION);
    if (sequence.isEmpty()) {
      return Optional.empty();
    }
    return newest
        .filter(entry -> entry.sequence() == sequence.getAsLong())
        .or(() -> at(sequence.getAsLong()));
  }

  private Optional<AuditEntry> at(long sequence) {
    return tables
        .read(path)
        .filter(Audit.SEQUENCE.col().equalTo(sequence))
        .limit(1)
        .collectAsList()
        .stream()
        .map(AuditLedger::entry)
        .findFirst();
  }

  private static Row row(AuditEntry entry) {
    return RowFactory.create(
        entry.sequence(),
        entry.id(),
        Timestamp.from(entry.time()),
        entry.actor(),
        entry.action(),
        entry.subject(),
        entry.details(),
        entry.previous(),
        entry.hash());
  }

  private static AuditEntry entry(Row row) {
    return new AuditEntry(
        row.<Long>getAs(Audit.SEQUENCE.name()),
        row.getAs(Audit.ID.name()),
        row.<Timestamp>getAs(Audit.TIME.name()).toInstant(),
        row.getAs(Audit.ACTOR.name()),
        row.getAs(Audit.ACTION.name()),
        row.getAs(Audit.SUBJECT.name()),
        new TreeMap<>(row.getJavaMap(row.fieldIndex(Audit.DETAILS.name()))),
        row.getAs(Audit.PREVIOUS.name()),
        row.getAs(Audit.HASH.name()));
  }
}
