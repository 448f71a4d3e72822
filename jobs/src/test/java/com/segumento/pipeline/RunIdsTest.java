package com.segumento.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.ops.StageReport;
import com.segumento.ops.Ticker;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunIdsTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 1);
  private static final List<String> STAGES = List.of("ingest", "export");

  @Test
  void aNightGoesOnInItsOwnRunWhateverWasExportedBetween() {
    RunIds ids =
        new RunIds(
            DATE,
            List.of(
                record("2026-03-01-1", "acme", "ingest", Status.DONE),
                record("2026-03-01-1", "retail", "ingest", Status.FAILED),
                record("2026-03-01-2", "acme", "adhoc", Status.DONE)));
    assertThat(ids.of("acme", STAGES)).isEqualTo("2026-03-01-1");
    assertThat(ids.of("retail", STAGES)).isEqualTo("2026-03-01-3");
    assertThat(ids.next()).isEqualTo("2026-03-01-3");
  }

  @Test
  void aNightAfterAnAdhocExportIsARunOfItsOwn() {
    RunIds ids = new RunIds(DATE, List.of(record("2026-03-01-1", "acme", "adhoc", Status.REFUSED)));
    assertThat(ids.of("acme", STAGES)).isEqualTo("2026-03-01-2");
    assertThat(new RunIds(DATE, List.of()).of("acme", STAGES)).isEqualTo("2026-03-01-1");
    assertThat(new RunIds(DATE, List.of()).next()).isEqualTo("2026-03-01-1");
  }

  private static RunRecord record(String run, String client, String stage, Status status) {
    return new RunRecord(
        run,
        DATE,
        client,
        stage,
        status,
        "",
        Ticker.now(),
        0,
        null,
        "test",
        StageReport.of(stage).build());
  }
}
