package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.ops.RunRecord;
import com.segumento.ops.RunRecord.Status;
import com.segumento.testkit.RunRecords;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final LocalDate DATE = LocalDate.of(2026, 5, 20);

  @Test
  void tellsWhatWentThroughBesideWhatWasRefused() {
    RunRecord part =
        RunRecords.ended(
            "acme",
            "ingest",
            DATE,
            Status.REFUSED,
            "Client acme: 1 drop was refused.\nMore.",
            report -> report.count("rows_ingested", 30).count("drops_refused", 1));
    RunRecord none = RunRecords.ended("acme", "export", DATE, Status.FAILED, "It failed.");
    assertThat(History.text(List.of(part, none)).lines().skip(1))
        .first()
        .asString()
        .endsWith("30 rows ingested. Client acme: 1 drop was refused.");
    assertThat(History.text(List.of(none)).lines()).last().asString().endsWith(" It failed.");
  }

  @Test
  void saysWhereNothingRan() {
    assertThat(History.text(List.of())).isEqualTo("Nothing ran.");
  }
}
