package com.segumento.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.testkit.RunRecords;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunJsonTest {
  private static final LocalDate DATE = LocalDate.of(2026, 5, 2);

  @Test
  void whatIsWrittenReadsBackEqual() {
    RunRecord full =
        RunRecords.done(
            "acme",
            "ingest",
            DATE,
            report ->
                report
                    .count("rows_in", 12)
                    .breakdown("rows_by_dataset", "orders \"€\" </script>", 0.25)
                    .read("orders", 3)
                    .wrote("orders", 4)
                    .hash("segments", "ab")
                    .output("insight", "s3a://lake/exports"));
    RunRecord failed =
        RunRecords.ended("acme", "export", DATE, RunRecord.Status.FAILED, "No space is left.");
    assertThat(RunJson.record(RunJson.json(full))).isEqualTo(full);
    assertThat(RunJson.record(RunJson.json(failed))).isEqualTo(failed);
    assertThat(RunJson.report(RunJson.json(full.report()))).isEqualTo(full.report());
    assertThat(RunJson.json(List.of(full, failed)))
        .isEqualTo("[" + RunJson.json(full) + "," + RunJson.json(failed) + "]");
  }

  @Test
  void refusesWhatIsNotARun() {
    assertThatThrownBy(() -> RunJson.record("{"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not the JSON of a run.");
    assertThatThrownBy(() -> RunJson.report("[]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not the JSON of a stage's report.");
  }
}
