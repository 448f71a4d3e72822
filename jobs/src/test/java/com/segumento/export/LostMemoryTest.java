package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.MemoryFold;
import com.segumento.lake.PersonPurge;
import com.segumento.lake.RunLedger;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.StageReport;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.MemoryMutant;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.Tampering;
import com.segumento.testkit.RunRecords;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client whose release memory is gone, or an older one, has published before all the same. */
@ExtendWith(SparkExtension.class)
class LostMemoryTest {
  private static final LocalDate SECOND = CellFixture.DATE.plusDays(1);
  private static final LocalDate THIRD = SECOND.plusDays(1);
  private static final String WOMEN = MemoryMutant.EXPORT.replace("[a, b]", "[a]");

  @TempDir Path directory;
  private CellFixture fixture;
  private String memory;
  private Path folder;

  /**
   * The ledger of runs lies elsewhere than the memory, and says what the memory must be at least.
   * What the product itself does to the table leaves it that.
   */
  @Test
  void isNotOnItsFirstNight(SparkSession spark) throws IOException {
    fixture = new CellFixture(spark, directory);
    memory = fixture.lake().layout().releaseMemory(CellFixture.CLIENT);
    folder = Path.of(URI.create(memory));
    women(0, 10);
    fixture.write();
    publish(fixture.workspace(1, WOMEN));
    Path early = directory.resolve("early");
    FileUtils.copyDirectory(folder.toFile(), early.toFile());
    women(0, 13);
    fixture.night(SECOND);
    publish(fixture.workspace(SECOND, 1, WOMEN));
    women(0, 14);
    fixture.night(THIRD);

    refusesOthers(fixture.workspace(THIRD, 1, WOMEN), early);
    goesOnFromTheSame(spark);
  }

  private void refusesOthers(Workspace night, Path early) throws IOException {
    Path late = directory.resolve("late");
    move(folder, late);
    assertLost(night, "is not there");
    assertThat(folder).as("what is not there is not made anew").doesNotExist();
    MemoryTable.open(night);
    assertLost(night, "is another one than it was");
    move(folder, directory.resolve("anew"));
    move(early, folder);
    assertLost(night, "is at version 1 and was at 2");
    move(folder, early);
    move(late, folder);
    fixture.lake().tables().restore(memory, 1);
    assertLost(night, "does not hold release 2");
    fixture.lake().tables().restore(memory, 2);
  }

  private void goesOnFromTheSame(SparkSession spark) throws IOException {
    Dataset<Row> erased =
        spark.createDataFrame(
            List.of(RowFactory.create(CellFixture.key(0))), Field.schema(Persons.PERSON_KEY));
    PersonPurge purge = new PersonPurge(spark, fixture.lake());
    assertThat(purge.forget(memory, erased, PersonPurge.note("one")).rows()).isPositive();
    purge.cutLog(memory, List.of("one"));
    new MemoryFold(fixture.lake(), memory).carryOut(THIRD, Map.of());
    LocalDate earlier = CellFixture.DATE.minusDays(9);
    women(1, 17);
    fixture.night(earlier);
    assertThat(publish(fixture.workspace(earlier, 1, WOMEN))) // a backfill
        .as("four came, and who was erased does not leave")
        .containsExactly("a,f,17");
  }

  /** Of a hundred and more persons hardly one is left: all have other tokens, and one has come. */
  @Test
  void isNotOfOtherPersons(SparkSession spark) throws IOException {
    fixture = new CellFixture(spark, directory);
    women(0, 110);
    fixture.write();
    publish(fixture.workspace(1, WOMEN));
    women(99, 210);
    fixture.night(SECOND);
    assertThat(publish(fixture.workspace(SECOND, 1, WOMEN)))
        .as("a tenth of who was there is enough, and all but a few may leave")
        .containsExactly("a,f,111");
    women(1000, 1112);
    fixture.night(THIRD);
    assertThatThrownBy(() -> new ExportStage().run(fixture.workspace(THIRD, 1, WOMEN)))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith(
            "The privacy gate refused export nights of client acme on 2026-03-03: "
                + Tampering.HASHES_WITH_ANOTHER_SALT.code()
                + ". Nothing of it was published. Of the persons its releases are about fewer than"
                + " a tenth are in its data now");
  }

  private static void assertLost(Workspace workspace, String how) {
    assertThatThrownBy(() -> new ExportStage().run(workspace))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessage(
            "The privacy gate refused export nights of client acme on 2026-03-03: "
                + Tampering.PUTS_AN_OLDER_MEMORY_BACK.code()
                + ". Nothing of it was published. The table clients/acme/release_memory "
                + how
                + ", and run 2026-03-02-1 published what it was to keep. Put back the whole folder"
                + " as it was after that run, files and _delta_log; an older copy does not do, nor"
                + " does a clone.");
  }

  /** As nobody does while a driver runs: Delta still knows the table that was there. */
  private static void move(Path from, Path to) throws IOException {
    FileUtils.moveDirectory(from.toFile(), to.toFile());
    DeltaLog.clearCache();
  }

  /** Publishes, and has the ledger know; gives the release's rows. */
  private static List<String> publish(Workspace workspace) throws IOException {
    StageReport.Builder report = StageReport.of("export");
    new ExportStage().run(workspace, report);
    RunLedger.open(workspace.spark(), workspace.lake())
        .append(RunRecords.done("acme", "export", workspace.date(), any -> report));
    return ReleasedRows.of(report.build(), "nights");
  }

  private void women(int from, int to) {
    fixture.everybodyLeaves();
    fixture.nextIs(from);
    for (int i = from; i < to; i++) {
      fixture.person(20, "f", "low", "Pune", 10, "a");
    }
  }
}
