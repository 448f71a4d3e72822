package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.export.Guarantee.Outcome;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code verify --path} of cells, with noise and without, that go on from what is remembered. */
@ExtendWith(SparkExtension.class)
class NightsVerificationTest {
  @TempDir static Path directory;
  private static Nights nights;

  @BeforeAll
  static void publish(SparkSession spark) {
    nights = Nights.publish(new CellFixture(spark, directory.resolve("tables")));
  }

  /** What was published before the second night, and with it, is judged by the memory of then. */
  @Test
  void everyGuaranteeOfBothNightsIsDerivedAgain() {
    assertThat(
            nights
                .workspace("nights")
                .lake()
                .objects()
                .text(nights.release("nights") + "/" + ReleaseCopy.DATA))
        .as("the eleventh waits")
        .hasValue("segment_id,gender,customers\na,f,10\n");
    for (String export : List.of("noisy", "nights")) {
      assertThat(
              RecordedRuns.verification(nights.workspace(export))
                  .verify(nights.release(export))
                  .guarantees())
          .as(export)
          .allMatch(each -> each.outcome() == Outcome.HOLDS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsCellsThatSomebodyWithOurKeyTamperedWith(NightBreach breach) {
    ReleaseCopy copy =
        ReleaseCopy.of(
            nights.workspace(breach.export()), nights.release(breach.export()), directory);
    breach.tamper(copy, nights);
    assertThat(copy.broken()).isEqualTo(breach.broken());
  }
}
