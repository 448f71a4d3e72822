package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.DatasetContract.Format;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How ingest reads: what its plans hold, and how often a delivered file is opened. */
@ExtendWith(SparkExtension.class)
class IngestPlanTest {
  private static final Map<String, Integer> OPENED = new ConcurrentHashMap<>();
  private static final String AT = "2026-03-05T10:00:00Z";

  @TempDir Path directory;
  private SparkSession spark;

  /** A local file system that counts how often each file is opened. */
  public static final class Counting extends LocalFileSystem {
    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path path, int buffer)
        throws java.io.IOException {
      OPENED.merge(path.getName(), 1, Integer::sum);
      return super.open(path, buffer);
    }
  }

  @BeforeEach
  void count(SparkSession session) {
    spark = session;
    OPENED.clear();
    spark.conf().set("fs.file.impl", Counting.class.getName());
    spark.conf().set("fs.file.impl.disable.cache", "true");
  }

  @AfterEach
  void uncount() {
    spark.conf().unset("fs.file.impl");
    spark.conf().unset("fs.file.impl.disable.cache");
  }

  @Test
  void opensATextForItsChecksumAndForItsRowsAndJoinsByHash() throws Exception {
    DropYard yard = new DropYard(spark, directory, DropYard.orders(Format.CSV, 0.6));
    String header = "who,at,kind,amount,note\n";
    yard.drop("orders", DAY, "one").file("a.csv", 1, header + order(1, "1")).complete();
    yard.drop("orders", DAY, "two")
        .file("b.csv", 2, header + order(2, "-2") + order(3, "3"))
        .complete();
    List<String> plans;
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      assertThat(yard.run().counts())
          .containsEntry("rows_ingested", 2L)
          .containsEntry("rows_quarantined", 1L);
      plans = ears.plans("Scan csv");
    }
    assertThat(OPENED).containsEntry("a.csv", 2).containsEntry("b.csv", 2);
    assertThat(plans)
        .isNotEmpty()
        .anyMatch(plan -> plan.contains("BroadcastHashJoin"))
        .anyMatch(plan -> plan.contains("person_key("))
        .noneMatch(plan -> plan.contains("BroadcastNestedLoopJoin"))
        .noneMatch(plan -> plan.contains("CartesianProduct"));
    assertThat(plans)
        .as("of our own functions only those that make keys and find raw identifiers")
        .noneMatch(plan -> plan.contains("UDF("))
        .anyMatch(plan -> plan.contains("raw_identifiers("));
  }

  @Test
  void opensJsonAsOften() {
    DropYard yard = new DropYard(spark, directory, DropYard.orders(Format.JSON, 0.6));
    String row =
        "{\"who\": \"%s\", \"at\": \"%s\", \"kind\": \"k\", \"amount\": %d, \"note\": null}\n";
    yard.drop("orders", DAY, "one")
        .file("a.json", 2, row.formatted(token(1), AT, 1) + row.formatted(token(2), AT, -1))
        .complete();
    yard.run();
    assertThat(OPENED).containsEntry("a.json", 2);
  }

  private static String order(int person, String amount) {
    return token(person) + "," + AT + ",sale," + amount + ",x\n";
  }
}
