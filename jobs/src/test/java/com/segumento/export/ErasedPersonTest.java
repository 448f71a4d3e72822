package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.PersonPurge;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.ErasureMutant;
import com.segumento.privacy.MemoryMutant;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of the ten women who were published one is erased, and nobody else has moved. */
@ExtendWith(SparkExtension.class)
class ErasedPersonTest {
  private static final LocalDate SECOND = CellFixture.DATE.plusDays(1);
  private static final String WOMEN = MemoryMutant.EXPORT.replace("[a, b]", "[a]");

  @TempDir static Path directory;
  private static CellFixture fixture;
  private static int run;

  @BeforeAll
  static void publishAndErase(SparkSession spark) {
    fixture = new CellFixture(spark, directory);
    fixture.people(0, 10, "f", "Pune", "a");
    fixture.write();
    assertThat(lines(fixture.workspace(++run, WOMEN))).containsExactly("a,f,10");
    Dataset<Row> erased =
        spark.createDataFrame(
            List.of(RowFactory.create(CellFixture.key(0))), Field.schema(Persons.PERSON_KEY));
    new PersonPurge(spark, fixture.lake())
        .forget(fixture.lake().layout().releaseMemory(CellFixture.CLIENT), erased, Map.of());
    fixture.everybodyLeaves();
    fixture.people(1, 10, "f", "Pune", "a");
    fixture.night(SECOND);
  }

  @ParameterizedTest
  @EnumSource
  void isNotSeenToLeaveByAnEngineThat(ErasureMutant mutant) {
    Workspace tonight = fixture.workspace(SECOND, ++run, WOMEN);
    assertThatThrownBy(() -> new ExportStage(mutant.anonymizer()).run(tonight))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageMatching(".*: ([a-z_]+, )*" + mutant.code() + "(, [a-z_]+)*\\. Nothing .*");
  }

  @Test
  void goesOnCounting() {
    assertThat(lines(fixture.workspace(SECOND, ++run, WOMEN))).containsExactly("a,f,10");
  }

  private static List<String> lines(Workspace workspace) {
    return ReleasedRows.of(new ExportStage().run(workspace), "nights");
  }
}
