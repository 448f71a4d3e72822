package com.segumento.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.export.ExportStage;
import com.segumento.lake.Lake;
import com.segumento.lake.RunLedger;
import com.segumento.lake.Secrets;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.ops.Progress;
import com.segumento.ops.RunRecord.Status;
import com.segumento.segment.SegmentStage;
import com.segumento.testkit.QuietClient;
import com.segumento.testkit.SecretsFile;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class NeededSecretsTest {
  private static final String PROVIDER = "spark.hadoop.hadoop.security.credential.provider.path";
  private static final LocalDate DATE = LocalDate.of(2026, 2, 27);
  private static final String MISSING =
      "%s needs the secret with the alias %s, which is not in the credential provider"
          + " (hadoop.security.credential.provider.path). Create it with: segumento secret create"
          + " %2$s";

  @TempDir Path folder;

  @Test
  void aNightOfAClientWithoutASecretFailsBeforeItsFirstStage(SparkSession spark)
      throws IOException {
    QuietClient quiet = QuietClient.write(folder);
    Configuration configuration = ConfigurationLoader.load(quiet.conf());
    Lake lake = Lake.open(spark, folder.resolve("lake").toUri().toString());
    Secrets some = secrets(Map.of("quiet.person.key", QuietClient.PERSON_KEY));
    Engine engine =
        new Parts(spark, lake, some, configuration).engine(Parts.stages(), Progress.SILENT, "test");
    Nightly nightly = new Nightly(engine);
    Summary summary = nightly.run(DATE, nightly.clients(DATE, List.of()));
    assertThat(summary.exitStatus()).isEqualTo(2);
    assertThat(summary.failed().get(0).failure().orElseThrow().message())
        .isEqualTo(MISSING.formatted("Client quiet", "ops.manifest.key"));
    assertThat(RunLedger.open(spark, lake).records(DATE))
        .singleElement()
        .matches(record -> record.stage().equals("ingest") && record.status() == Status.REFUSED);
  }

  @Test
  void allThatNightsWillLookForAreNamedByAlias() throws IOException {
    QuietClient quiet = QuietClient.write(folder);
    addAudience(quiet);
    Path platform = quiet.conf().resolve("platform.yaml");
    Files.writeString(
        platform,
        Files.readString(platform)
            .replaceFirst("(?s)alerts:.*?\\n(?=\\S|$)", "")
            .concat("alerts: [{kind: webhook, url_alias: ops.alert.url}]\n"));
    Configuration configuration = ConfigurationLoader.load(quiet.conf(), new ClientId("quiet"));
    Secrets some = secrets(Map.of("ops.manifest.key", QuietClient.MANIFEST_KEY));
    assertThat(new NeededSecrets(some).missing(configuration))
        .containsExactly(
            MISSING.formatted("platform.yaml", "ops.alert.url"),
            MISSING.formatted("Client quiet", "quiet.dsp1.key"),
            MISSING.formatted("Client quiet", "quiet.person.key"),
            MISSING.formatted("Client quiet", "quiet.req"));
    assertThat(new NeededSecrets(secrets(QuietClient.PERSON_KEY)).missing(configuration)).isEmpty();
  }

  @Test
  void anAdHocExportNeedsItsOwnBeforeAnythingIsComputed(SparkSession spark) throws IOException {
    QuietClient quiet = QuietClient.write(folder);
    addAudience(quiet);
    ClientId id = new ClientId("quiet");
    Configuration configuration = ConfigurationLoader.load(quiet.conf(), id);
    Lake lake = Lake.open(spark, folder.resolve("lake").toUri().toString());
    Secrets none = secrets(Map.of("ops.alert.url", "of something else"));
    Engine engine =
        new Parts(spark, lake, none, configuration)
            .engine(List.of(new SegmentStage(), new ExportStage()), Progress.SILENT, "test");
    AdhocExport adhoc = new AdhocExport(engine);
    assertThatThrownBy(
            () ->
                adhoc.publish(
                    configuration.client(id),
                    configuration.segments(id),
                    List.of("spenders"),
                    "reach",
                    DATE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(MISSING.formatted("Client quiet", "ops.manifest.key"));
    assertThat(RunLedger.open(spark, lake).records(DATE)).isEmpty();
  }

  private static void addAudience(QuietClient quiet) throws IOException {
    Path file = quiet.conf().resolve("clients/quiet.yaml");
    String yaml = Files.readString(file);
    Files.writeString(
        file,
        yaml.replace(
                "{person: quiet.person.key}", "{person: quiet.person.key, requests: quiet.req}")
            .replace("activation: false", "activation: true")
            .replace(
                "retention:",
                """
                  - name: activation
                    kind: audience
                    segments: all
                    destination: {id: dsp1, key: quiet.dsp1.key}
                    privacy: {k: 100}
                    format: csv
                retention:"""));
  }

  private Secrets secrets(String value) throws IOException {
    return secrets(
        Map.of(
            "ops.alert.url", value,
            "ops.manifest.key", value,
            "quiet.dsp1.key", value,
            "quiet.person.key", value,
            "quiet.req", value));
  }

  private Secrets secrets(Map<String, String> some) throws IOException {
    String provider = SecretsFile.write(folder.resolve(some.size() + ".jceks"), some);
    return Secrets.of(new SparkConf(false).set(PROVIDER, provider));
  }
}
