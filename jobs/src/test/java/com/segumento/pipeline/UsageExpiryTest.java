package com.segumento.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.UsageLedger;
import com.segumento.model.Usage;
import com.segumento.ops.Progress;
import com.segumento.ops.UsageEntry;
import com.segumento.pipeline.RetentionStage.Scope;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.SparkExtension;
import com.segumento.testkit.StoredValues;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The shipped {@code usage_log_days: 365}. */
@ExtendWith(SparkExtension.class)
class UsageExpiryTest {
  private static final LocalDate LAST_DAY = LocalDate.parse("2026-03-09");

  @Test
  void anEntryStaysForItsDaysAndIsGoneToTheLastByteOnTheNext(
      SparkSession spark, @TempDir Path folder) throws IOException {
    Lake lake = Lake.open(spark, folder.toUri().toString());
    Parts parts =
        new Parts(
            spark, lake, Secrets.of(spark), AcmeLake.configuration(folder.toUri().toString()));
    for (String[] use :
        new String[][] {
          {"2025-03-09T23:59:59.999Z", "the-first-user"},
          {"2025-03-10T00:00:00Z", "the-second-user"},
          {"2026-03-10T00:00:00Z", "the-third-user"}
        }) {
      UsageLedger.open(spark, lake).append(used(Instant.parse(use[0]), use[1]));
    }
    Retaining retaining = new Retaining(parts, Scope.ALL, Progress.SILENT, "test");

    assertThat(retaining.plan(LAST_DAY, List.of()).get("")).isEmpty();
    retaining.run(LAST_DAY, List.of());
    assertThat(users(lake)).containsExactly("the-first-user", "the-second-user", "the-third-user");

    assertThat(retaining.plan(LAST_DAY.plusDays(1), List.of()).get(""))
        .containsExactly("delete rows of ops/usage before 2025-03-10 [usage_log_days]");
    retaining.run(LAST_DAY.plusDays(1), List.of());
    assertThat(users(lake)).containsExactly("the-second-user", "the-third-user");
    assertThat(StoredValues.of(folder, path -> true))
        .contains("the-second-user")
        .doesNotContain("the-first-user");

    // A run that is killed between the two leaves no rows, and their file.
    DeltaTable.forPath(spark, lake.layout().ops(Usage.NAME))
        .delete(Usage.USAGE_DATE.col().lt("2025-03-11"));
    assertThat(StoredValues.of(folder, path -> true)).contains("the-second-user");
    retaining.run(LAST_DAY.plusDays(2), List.of());
    assertThat(users(lake)).containsExactly("the-third-user");
    assertThat(StoredValues.of(folder, path -> true)).doesNotContain("the-second-user");
  }

  private static List<String> users(Lake lake) {
    return lake
        .tables()
        .read(lake.layout().ops(Usage.NAME))
        .orderBy(Usage.TIME.col())
        .collectAsList()
        .stream()
        .map((Row row) -> row.<String>getAs(Usage.ACTOR.name()))
        .toList();
  }

  private static UsageEntry used(Instant time, String actor) {
    return new UsageEntry(time, actor, "status", UsageEntry.ALL, null, null, null, 0, null, null);
  }
}
