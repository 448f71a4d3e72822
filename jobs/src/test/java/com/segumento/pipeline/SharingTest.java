package com.segumento.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.export.SharedFiles;
import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.Progress;
import com.segumento.ops.Ticker;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.Agreements;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is not shared whatever its files are; over S3 see ShareIT. */
@ExtendWith(SparkExtension.class)
class SharingTest {
  private static final SharedFiles.Wanted INSIGHT =
      new SharedFiles.Wanted("insight", Optional.empty(), Optional.empty());

  @TempDir Path directory;
  private Workspace workspace;

  @BeforeEach
  void write(SparkSession spark) {
    workspace =
        new CellFixture(spark, directory).insight().write().workspace(1, CellFixture.INSIGHT);
  }

  @Test
  void nothingIsSharedBeforeAndAfterTheAgreement() {
    LocalDate today = Ticker.today();
    assertRefused(today.plusDays(1), today.plusDays(9), " is shared: agreement A-1 is from ");
    assertRefused(today.minusDays(9), today.minusDays(1), " is shared: agreement A-1 is from ");
    assertRefused(
        today.minusDays(9), today, " is shared for so long: agreement A-1 ends on " + today + ".");
    assertThatThrownBy(() -> share(today, today.plusDays(1)))
        .as("but by the end of it")
        .hasMessageContaining(" is not on S3: nobody can be given a URL of it.");
  }

  @Test
  void aReleaseIsViolatedUntilItIsFoundToHold() {
    ReleaseVerdicts verdicts = new ReleaseVerdicts(parts());
    String one = workspace.lake().layout().root() + "/exports/acme/insight/dt=2026-03-01/run=1";
    String other = one.replace("run=1", "run=2");
    verdicts.holds("acme/insight", one);
    assertThat(verdicts.violation(one)).as("never looked at").isEmpty();

    verdicts.violated("acme/insight", one, List.of("names", "k"));
    verdicts.holds("acme/insight", other);
    assertThat(verdicts.violation(other)).isEmpty();
    assertThat(verdicts.violation(one).orElseThrow().details())
        .containsEntry("violated", "names, k")
        .containsEntry("release", "exports/acme/insight/dt=2026-03-01/run=1");

    verdicts.holds("acme/insight", one);
    assertThat(verdicts.violation(one)).isEmpty();
    verdicts.violated("acme/insight", one, List.of("k", "parameters"));
    verdicts.holds("acme/insight", one);
    assertThat(verdicts.violation(one))
        .as("what its manifest says is no better where it can't be compared any more")
        .isPresent();
  }

  private void assertRefused(LocalDate start, LocalDate end, String says) {
    assertThatThrownBy(() -> share(start, end))
        .isInstanceOf(PrivacyRefused.class)
        .hasMessageStartingWith("Nothing of client acme")
        .hasMessageContaining(says);
  }

  private void share(LocalDate start, LocalDate end) {
    Client client = workspace.client();
    Client.Agreement agreed = client.agreement();
    Client.Agreement agreement =
        new Client.Agreement(
            "A-1",
            start,
            end,
            agreed.region(),
            agreed.purposes(),
            agreed.benchmarks(),
            agreed.activation());
    new Sharing(parts(), Progress.SILENT)
        .share(Agreements.under(agreement, client), INSIGHT, Duration.ofDays(1));
  }

  private Parts parts() {
    return new Parts(
        workspace.spark(),
        workspace.lake(),
        workspace.secrets(),
        new Configuration(
            workspace.configDirectory(),
            workspace.platform(),
            new TreeMap<>(Map.of(workspace.client().client(), workspace.client())),
            Map.of(workspace.client().client(), workspace.segments())));
  }
}
