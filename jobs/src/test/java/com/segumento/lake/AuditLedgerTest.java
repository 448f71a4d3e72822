package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.Audit;
import com.segumento.ops.AuditEntry;
import com.segumento.ops.AuditVerdict;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class AuditLedgerTest {
  @TempDir Path directory;
  private Lake lake;
  private AuditLedger audit;

  @BeforeEach
  void open(SparkSession spark) {
    lake = Lake.open(spark, directory.toUri().toString());
    audit = AuditLedger.open(spark, lake);
  }

  @Test
  void entriesOfSeveralWritersFormOneChain(SparkSession spark) throws Exception {
    assertThat(audit.verify().broken()).isEmpty();
    ExecutorService writers = Executors.newFixedThreadPool(2);
    List<Future<?>> written = new ArrayList<>();
    for (String writer : List.of("a", "b")) {
      written.add(
          writers.submit(
              () -> {
                AuditLedger own = AuditLedger.open(spark, lake);
                own.append(writer, "run.begun", "acme", Map.of("date", "2026-05-02"));
                own.append(writer, "run.ended", "acme", Map.of());
              }));
    }
    for (Future<?> writer : written) {
      writer.get();
    }
    writers.shutdown();
    AuditVerdict verdict = audit.verify();
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.entries()).isEqualTo(4);
    assertThat(rows())
        .containsExactlyInAnyOrder("a run.begun", "a run.ended", "b run.begun", "b run.ended");
  }

  @Test
  void anEntrySaysWhoseCommandWroteItAndFollowsThoseThatDoNot(SparkSession spark) {
    AuditEntry before =
        AuditEntry.after(
            Optional.empty(), "id", Instant.EPOCH, "nightly", "run.begun", "acme", Map.of());
    lake.tables()
        .append(
            lake.layout().ops(Audit.NAME),
            spark.createDataFrame(
                List.of(
                    RowFactory.create(
                        before.sequence(),
                        before.id(),
                        Timestamp.from(before.time()),
                        before.actor(),
                        before.action(),
                        before.subject(),
                        before.details(),
                        before.previous(),
                        before.hash())),
                Audit.SCHEMA),
            new Commit(Optional.of(new Commit.Once("segumento.audit", 1)), Map.of()));
    audit.append("nightly", "run.ended", "acme", Map.of("date", "2026-05-02"));
    assertThat(audit.verify().broken()).isEmpty();
    assertThat(audit.verify().entries()).isEqualTo(2);
    AuditEntry after =
        audit.newest(List.of("run.ended"), "acme", "date", Instant.EPOCH).orElseThrow();
    assertThat(after.actor()).isEqualTo("nightly");
    assertThat(after.details())
        .isEqualTo(Map.of("date", "2026-05-02", "user", spark.sparkContext().sparkUser()));
  }

  @Test
  void anEntryCanNeitherBeRemovedNorAlteredUnnoticed(SparkSession spark) {
    for (String action : List.of("one", "two", "three")) {
      audit.append("operator", action, "acme", Map.of());
    }
    String path = lake.layout().ops(Audit.NAME);
    assertThatThrownBy(
            () -> lake.tables().overwrite(path, rowsWithoutSecond(spark), Commit.of(Map.of())))
        .hasMessageContaining("only allow appends");
    spark.sql("ALTER TABLE delta.`" + path + "` SET TBLPROPERTIES ('delta.appendOnly' = 'false')");
    lake.tables().overwrite(path, rowsWithoutSecond(spark), Commit.of(Map.of()));
    AuditVerdict verdict = audit.verify();
    assertThat(verdict.entries()).isEqualTo(1);
    assertThat(verdict.broken())
        .isEqualTo(Optional.of("Expected audit entry 2, but found entry 3."));
  }

  private org.apache.spark.sql.Dataset<Row> rowsWithoutSecond(SparkSession spark) {
    List<Row> kept =
        lake.tables()
            .read(lake.layout().ops(Audit.NAME))
            .filter(Audit.SEQUENCE.col().notEqual(2))
            .collectAsList();
    return spark.createDataFrame(kept, Audit.SCHEMA);
  }

  private List<String> rows() {
    return lake.tables().read(lake.layout().ops(Audit.NAME)).collectAsList().stream()
        .map(row -> row.getAs(Audit.ACTOR.name()) + " " + row.getAs(Audit.ACTION.name()))
        .toList();
  }
}
