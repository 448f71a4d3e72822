package com.segumento.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.generate.DropGenerator;
import com.segumento.generate.GeneratedDrop;
import com.segumento.generate.GeneratorSettings;
import com.segumento.ingest.IngestStage;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Secrets;
import com.segumento.lake.Sessions;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.DataContractException;
import com.segumento.ops.Progress;
import com.segumento.ops.StageReport;
import com.segumento.testkit.QuietClient;
import com.segumento.testkit.S3Server;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.StorageStatistics;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drops in csv, json and parquet on a real object store: generated, damaged, refused, taken in. */
class LandingIT {
  private static final ClientId QUIET = new ClientId("quiet");
  private static final GeneratorSettings SETTINGS =
      GeneratorSettings.of(100, 5, 7, LocalDate.of(2026, 1, 1), 1);
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 5);

  @TempDir Path directory;
  private S3Server server;
  private SparkSession spark;
  private Lake lake;
  private Configuration configuration;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.start(directory);
    SparkSession.Builder builder =
        Sessions.configure(SparkSession.builder())
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2");
    SparkExtension.INTERPRETED.forEach(builder::config);
    server.sparkSettings().forEach(builder::config);
    spark = builder.getOrCreate();
    lake = Lake.open(spark, server.root());
    QuietClient client = QuietClient.write(directory);
    client.secrets(spark);
    configuration = ConfigurationLoader.load(client.conf());
  }

  @AfterEach
  void stop() {
    spark.stop();
    server.close();
  }

  @Test
  void aDamagedDropIsRefusedAndTakenInOnceItIsWhole() throws IOException {
    Client client = configuration.client(QUIET);
    List<GeneratedDrop> drops = DropGenerator.generate(spark, lake, client, SETTINGS);
    assertThat(drops)
        .extracting(GeneratedDrop::dataset)
        .containsExactly("customers", "visits", "orders");
    appearedThroughTheCommitter();
    List<String> delivered = landing();
    String damaged =
        delivered.stream()
            .filter(uri -> uri.matches(".*/visits/.*part.*"))
            .findFirst()
            .orElseThrow();
    lake.objects().write(damaged, "no json");

    IngestStage ingest = new IngestStage();
    StageReport.Builder report = StageReport.of("ingest");
    assertThatThrownBy(() -> ingest.run(workspace(), report))
        .isExactlyInstanceOf(DataContractException.class)
        .hasMessageContaining(
            "Client quiet: 1 drop was refused and nothing of it ingested. visits,");
    assertThat(report.build().counts())
        .containsEntry("drops_ingested", 2L)
        .containsEntry("drops_refused", 1L);

    lake.objects().delete(damaged.substring(0, damaged.lastIndexOf('/')) + "/_MANIFEST.json");
    assertThat(DropGenerator.generate(spark, lake, client, SETTINGS)).isEqualTo(drops);
    assertThat(landing()).containsExactlyInAnyOrderElementsOf(delivered);
    assertThat(ingest.run(workspace()).counts())
        .containsEntry("drops_ingested", 1L)
        .containsEntry("rows_in", drops.get(1).rows());
    assertThat(ingest.inputs(workspace())).as("nothing is left to take in").isEmpty();
  }

  private void appearedThroughTheCommitter() throws IOException {
    assertThat(landing()).noneMatch(uri -> uri.matches(".*/(_temporary|__magic|_SUCCESS).*"));
    StorageStatistics done =
        FileSystem.get(URI.create(server.root()), spark.sparkContext().hadoopConfiguration())
            .getStorageStatistics();
    assertThat(done.getLong("committer_magic_files_created")).isGreaterThanOrEqualTo(3);
    assertThat(done.getLong("object_copy_requests")).as("renamed files").isZero();
  }

  private List<String> landing() {
    return lake.objects().list(server.root() + "/landing").stream().map(StoredObject::uri).toList();
  }

  private Workspace workspace() {
    return new Workspace(
        spark,
        lake,
        Secrets.of(spark),
        configuration.platform(),
        configuration.client(QUIET),
        configuration.segments(QUIET),
        NIGHT,
        NIGHT + "-1",
        configuration.directory(),
        Progress.SILENT);
  }
}
