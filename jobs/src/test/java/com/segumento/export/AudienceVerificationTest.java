package com.segumento.export;

import static com.segumento.privacy.AudienceFixture.ADS;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.export.Guarantee.Outcome;
import com.segumento.lake.Workspace;
import com.segumento.pipeline.Verification;
import com.segumento.privacy.AudienceFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code verify --path} of the second list a destination has. */
@ExtendWith(SparkExtension.class)
class AudienceVerificationTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

  @TempDir static Path directory;
  private static AudienceFixture fixture;
  private static Workspace workspace;
  private static String release;

  @BeforeAll
  static void publish(SparkSession spark) {
    fixture = new AudienceFixture(spark, directory).write(FIRST);
    AudienceBreach.nights(fixture, FIRST);
    new ExportStage().run(fixture.workspace(FIRST, 1, ADS));
    workspace = fixture.workspace(FIRST.plusDays(1), 1, ADS);
    release = RecordedRuns.publish(workspace).outputs().get("ads");
  }

  @ParameterizedTest
  @EnumSource
  void findsListsThatSomebodyWithOurKeyTamperedWith(AudienceBreach breach) {
    ReleaseCopy copy = ReleaseCopy.of(workspace, release, directory);
    breach.tamper(copy);
    assertThat(copy.broken()).isEqualTo(breach.broken());
  }

  @Test
  void anEndedActivationDoesNotCondemnAListOfBefore() {
    assertThat(RecordedRuns.verification(workspace).verify(release).outcome())
        .isEqualTo(Outcome.HOLDS);
    Verification.Found found =
        RecordedRuns.verification(fixture.withoutActivation(workspace)).verify(release);
    assertThat(found.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(found.guarantees())
        .contains(
            Guarantee.unknown("k", "The agreement of its client has no activation any more."));
  }
}
