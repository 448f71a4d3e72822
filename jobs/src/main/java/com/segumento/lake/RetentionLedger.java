package com.segumento.lake;

import static org.apache.spark.sql.functions.lit;

import com.segumento.model.Retentions;
import com.segumento.ops.Ticker;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The ledger of retention, {@code ops/retention}; rows are only added. */
public final class RetentionLedger {
  private final LedgerTable table;

  private RetentionLedger(SparkSession spark, Lake lake) {
    this.table = new LedgerTable(spark, lake, Retentions.NAME, Retentions.SCHEMA);
  }

  /** The ledger of this lake. */
  public static RetentionLedger open(SparkSession spark, Lake lake) {
    return new RetentionLedger(spark, lake);
  }

  /** What can happen to something that expires. */
  public enum Event {
    /** It will be deleted once the notice is over. */
    ANNOUNCED,
    /** Its deletion begins; where nothing more is said of it, a run was killed. */
    BEGUN,
    DONE,
    /** A legal hold keeps it. */
    HELD
  }

  /**
   * A line of the ledger.
   *
   * @param subject what it is about, below the lake
   */
  public record Line(
      String run,
      String client,
      String rule,
      String subject,
      LocalDate cutoff,
      Event event,
      Map<String, String> details) {
    /** What {@link #details} calls the number of objects that are gone. */
    public static final String OBJECTS = "objects";

    /** What it is of which a rule says that it expires. */
    public String what() {
      return rule + " " + subject;
    }
  }

  /** Adds lines, together. */
  public void append(List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    Timestamp now = Timestamp.from(Ticker.now());
    table.append(
        lines.stream().map(line -> row(line, now)).toList(),
        Commit.of(Map.of("run", lines.get(0).run())));
  }

  private static Row row(Line line, Timestamp at) {
    return RowFactory.create(
        line.run(),
        at,
        line.client(),
        line.rule(),
        line.subject(),
        Date.valueOf(line.cutoff()),
        line.event().name(),
        line.details());
  }

  /** What runs began to delete of a client, and did delete, in this order. */
  public List<Line> deletions(String client) {
    Column wanted =
        Retentions.CLIENT
            .col()
            .equalTo(client)
            .and(Retentions.EVENT.col().isin(Event.BEGUN.name(), Event.DONE.name()));
    return table.rows().stream()
        .flatMap(rows -> rows.filter(wanted).orderBy(Retentions.AT.col()).collectAsList().stream())
        .map(RetentionLedger::line)
        .toList();
  }

  private static Line line(Row row) {
    return new Line(
        row.getAs(Retentions.RUN.name()),
        row.getAs(Retentions.CLIENT.name()),
        row.getAs(Retentions.RULE.name()),
        row.getAs(Retentions.SUBJECT.name()),
        row.<Date>getAs(Retentions.CUTOFF.name()).toLocalDate(),
        Event.valueOf(row.getAs(Retentions.EVENT.name())),
        row.getJavaMap(row.fieldIndex(Retentions.DETAILS.name())));
  }

  /**
   * The latest cutoff that was announced, up to an instant, for what a rule says of a subject;
   * nothing where none was.
   */
  public Optional<LocalDate> announced(String client, String rule, String subject, Instant upTo) {
    return table
        .rows()
        .map(rows -> newest(rows, announcement(client, rule, subject, upTo)))
        .map(Date::toLocalDate);
  }

  private static Column announcement(String client, String rule, String subject, Instant upTo) {
    return Retentions.CLIENT
        .col()
        .equalTo(client)
        .and(Retentions.RULE.col().equalTo(rule))
        .and(Retentions.SUBJECT.col().equalTo(subject))
        .and(Retentions.EVENT.col().equalTo(Event.ANNOUNCED.name()))
        .and(Retentions.AT.col().leq(lit(Timestamp.from(upTo))));
  }

  private static Date newest(Dataset<Row> rows, Column wanted) {
    return rows.filter(wanted)
        .agg(functions.max(Retentions.CUTOFF.col()).as(Retentions.CUTOFF.name()))
        .first()
        .getAs(Retentions.CUTOFF.name());
  }
}
