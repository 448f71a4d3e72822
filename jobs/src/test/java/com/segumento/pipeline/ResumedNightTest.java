package com.segumento.pipeline;

import static com.segumento.pipeline.Nights.BOTH;
import static com.segumento.pipeline.Nights.copies;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.Stage;
import com.segumento.pipeline.Fuse.Killed;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed and started again. */
@ExtendWith(SparkExtension.class)
class ResumedNightTest {
  @TempDir Path folder;
  private Nights nights;

  @BeforeEach
  void open(SparkSession spark) {
    nights = new Nights(spark, folder);
  }

  @Test
  void killedBeforeAnyWriteAndStartedAgainEndsAsIfItHadNotBeen() {
    nights.drop("acme", "a");
    nights.drop("retail", "r");
    MemoryJournal undisturbed = new MemoryJournal(Fuse.none());
    nights.run(undisturbed, copies(Fuse.none()), BOTH);
    int write = 1;
    for (Fuse fuse = new Fuse(write); ; fuse = new Fuse(++write)) {
      for (String client : List.of("acme", "retail")) {
        nights.lake.objects().delete(CopyStage.file(nights.lake.layout().root(), client, "ingest"));
        nights.lake.objects().delete(CopyStage.file(nights.lake.layout().root(), client, "enrich"));
      }
      MemoryJournal journal = new MemoryJournal(fuse);
      boolean killed = killed(journal, copies(fuse));
      nights.run(journal, copies(fuse), BOTH);
      assertThat(journal.lines())
          .as("killed before write " + write)
          .containsExactlyElementsOf(undisturbed.lines());
      assertThat(nights.result("acme")).isEqualTo("a ingest enrich");
      assertThat(nights.result("retail")).isEqualTo("r ingest enrich");
      if (!killed) {
        break;
      }
    }
    // Two clients, two stages each, a stage writes three times: begun, its file, done.
    assertThat(write).isEqualTo(13);
  }

  @Test
  void aClientThatEndedInTheKilledRunGoesOnInTheNext() {
    nights.drop("acme", "a");
    nights.drop("retail", "r");
    Fuse fuse = new Fuse(8); // while retail ingests
    MemoryJournal journal = new MemoryJournal(fuse);
    assertThat(killed(journal, copies(fuse))).isTrue();
    nights.drop("acme", "a2");
    nights.run(journal, copies(fuse), BOTH);
    assertThat(journal.lines())
        .containsExactly(
            "2026-02-27-1 acme ingest DONE [a]",
            "2026-02-27-1 acme enrich DONE [a ingest]",
            "2026-02-27-1 retail ingest DONE [r]",
            "2026-02-27-2 acme ingest DONE [a2]",
            "2026-02-27-2 acme enrich DONE [a2 ingest]",
            "2026-02-27-1 retail enrich DONE [r ingest]");
  }

  private boolean killed(Journal journal, List<Stage> stages) {
    try {
      nights.run(journal, stages, BOTH);
      return false;
    } catch (Killed e) {
      return true;
    }
  }
}
