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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The ledger of retention, {@code ops/retention}; rows are only added. */
public final class RetentionLedger {
  private static final Map<String, String> APPEND_ONLY = Map.of("delta.appendOnly", "true");

  private final SparkSession spark;
  private final Lake lake;
  private final String path;

  private RetentionLedger(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
    this.path = lake.layout().ops(Retentions.NAME);
  }

  /** The ledger of this lake; it is declared when the first row is written. */
  public static RetentionLedger open(SparkSession spark, Lake lake) {
    return new RetentionLedger(spark, lake);
  }

  /** What can happen to something that expires. */
  public enum Event {
    /** It will be deleted once the notice is over. */
    ANNOUNCED,
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
      Map<String, String> details) {}

  /** Adds lines, together. */
  public void append(List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    lake.tables().declare(path, Retentions.SCHEMA, List.of(), APPEND_ONLY);
    Timestamp now = Timestamp.from(Ticker.now());
    lake.tables()
        .append(
            path,
            spark
                .createDataFrame(
                    lines.stream()
                        .map(
                            line ->
                                RowFactory.create(
                                    line.run(),
                                    now,
                                    line.client(),
                                    line.rule(),
                                    line.subject(),
                                    Date.valueOf(line.cutoff()),
                                    line.event().name(),
                                    line.details()))
                        .toList(),
                    Retentions.SCHEMA)
                .coalesce(1),
            Commit.of(Map.of("run", lines.get(0).run())));
  }

  /**
   * The latest cutoff that was announced, up to an instant, for what a rule says of a subject;
   * nothing where none was.
   */
  public Optional<LocalDate> announced(String client, String rule, String subject, Instant upTo) {
    if (!lake.tables().exists(path)) {
      return Optional.empty();
    }
    Date newest =
        lake.tables()
            .read(path)
            .filter(
                Retentions.CLIENT
                    .col()
                    .equalTo(client)
                    .and(Retentions.RULE.col().equalTo(rule))
                    .and(Retentions.SUBJECT.col().equalTo(subject))
                    .and(Retentions.EVENT.col().equalTo(Event.ANNOUNCED.name()))
                    .and(Retentions.AT.col().leq(lit(Timestamp.from(upTo)))))
            .agg(functions.max(Retentions.CUTOFF.col()).as(Retentions.CUTOFF.name()))
            .first()
            .getAs(Retentions.CUTOFF.name());
    return Optional.ofNullable(newest).map(Date::toLocalDate);
  }
}
