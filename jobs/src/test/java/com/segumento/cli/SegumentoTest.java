package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.lake.Lake;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.DataContractException;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Usage;
import com.segumento.ops.StageReport;
import com.segumento.testkit.Repository;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands over a real lake and its ledgers, with small stages. */
@ExtendWith(SparkExtension.class)
class SegumentoTest {
  private static final String VALUE = "9f86d081884c7d659a2feaa0c55ad015";

  @TempDir Path folder;

  @Test
  void aNightIsRunShownReportedAndProved(SparkSession spark) throws IOException {
    List<Stage> stages = List.of(new Small("ingest", any -> 12L), new Small("export", any -> 3L));
    Ran night = run(spark, stages, "nightly", "--date", "2026-02-27");
    assertThat(night.status()).as(night.err()).isZero();
    assertThat(night.out().replaceAll(" +\\d+\\.\\d +", " S ").lines())
        .containsExactly(
            "run           client  stage   status  seconds  result",
            "2026-02-27-1  acme    ingest  done S 12 rows ingested",
            "2026-02-27-1  acme    export  done S 3 cells published",
            "2026-02-27-1  retail  ingest  done S 12 rows ingested",
            "2026-02-27-1  retail  export  done S 3 cells published");

    again(spark, stages);
    shown(spark, stages);
    reported(spark, stages);

    Ran audit = run(spark, stages, "verify", "--audit");
    assertThat(audit.status()).isZero();
    assertThat(audit.out()).startsWith("The audit's chain holds: 2 entries, head ");
    assertThat(used(spark))
        .containsExactly(
            "nightly|*|2026-02-27|2026-02-27-1|0",
            "nightly|*|2026-02-27|-|0",
            "status|*|-|-|0",
            "status|*|2026-02-26|-|0",
            "report|*|-|2026-02-27-1|0",
            "report|*|-|2026-02-27-9|2",
            "verify|*|-|-|0");
  }

  /** Who used the platform for what, in order; by the one user there is. */
  private List<String> used(SparkSession spark) {
    Lake lake = Lake.open(spark, folder.resolve("lake").toUri().toString());
    return lake
        .tables()
        .read(lake.layout().ops(Usage.NAME))
        .filter(Usage.ACTOR.col().equalTo(spark.sparkContext().sparkUser()))
        .orderBy(Usage.TIME.col())
        .selectExpr(
            "concat_ws('|', action, client, nvl(cast(business_date as string), '-'),"
                + " nvl(run, '-'), exit_status)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private void again(SparkSession spark, List<Stage> stages) {
    Ran again = run(spark, stages, "nightly", "--date", "2026-02-27");
    assertThat(again.status()).isZero();
    assertThat(again.out())
        .isEqualTo("Nothing to do: all stages of 2026-02-27 are done over the same inputs.\n");
  }

  private void shown(SparkSession spark, List<Stage> stages) throws IOException {
    JsonNode status = new ObjectMapper().readTree(run(spark, stages, "status", "--json").out());
    assertThat(status).hasSize(4);
    assertThat(status.get(0).path("run").asText()).isEqualTo("2026-02-27-1");
    assertThat(status.get(0).path("report").path("counts").path("rows_ingested").asLong())
        .isEqualTo(12);
    assertThat(run(spark, stages, "status", "--date", "2026-02-26").out())
        .isEqualTo("Nothing ran.\n");
  }

  private void reported(SparkSession spark, List<Stage> stages) throws IOException {
    Path page = folder.resolve("pages/report.html");
    Ran report = run(spark, stages, "report", "--run", "2026-02-27-1", "--output", page.toString());
    assertThat(report.out()).isEqualTo("Report: " + page + "\n");
    assertThat(Files.readString(page)).contains("<html");
    Ran unknown = run(spark, stages, "report", "--run", "2026-02-27-9");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err())
        .endsWith(
            "segumento: No run 2026-02-27-9 is in the ledger. Its id is in: segumento status\n");
  }

  /** Stages as small as those of {@link Small}, but that of drops has nothing to do for some. */
  @Test
  void saysForWhichClientsNoDropWasThere(SparkSession spark) throws IOException {
    String without = "Client retail: no drop was there to take in, in any run of 2026-02-27.\n";
    List<Stage> stages =
        List.of(
            new Small("ingest", any -> 12L, "acme"::equals),
            new Small("export", any -> 3L, any -> true));
    Ran night = run(spark, stages, "nightly", "--date", "2026-02-27");
    assertThat(night.out().replaceAll(" +\\d+\\.\\d +", " S "))
        .contains("2026-02-27-1  acme    ingest  done S 12 rows ingested\n")
        .endsWith("2026-02-27-1  retail  export  done S 3 cells published\n" + without);
    assertThat(run(spark, stages, "nightly", "--date", "2026-02-27").out())
        .isEqualTo(
            "Nothing to do: all stages of 2026-02-27 are done over the same inputs.\n" + without);
    assertThat(run(spark, stages, "status", "--date", "2026-02-27").out()).endsWith("\n" + without);
    assertThat(run(spark, stages, "status").out()).doesNotContain("no drop");
    JsonNode clients =
        new ObjectMapper()
            .readTree(run(spark, stages, "nightly", "--date", "2026-02-27", "--json").out())
            .path("clients");
    assertThat(clients.findValuesAsText("client")).containsExactly("acme", "retail");
    assertThat(clients.findValues("withoutDrop"))
        .extracting(JsonNode::asBoolean)
        .containsExactly(false, true);
  }

  @Test
  void saysHowEachClientFailedAndNothingOfItsRows(SparkSession spark) {
    Stage stage = new Small("ingest", SegumentoTest::fail);
    Ran partly = run(spark, List.of(stage), "nightly", "--date", "2026-02-27");
    assertThat(partly.status()).isEqualTo(6);
    assertThat(partly.err())
        .endsWith(
            "segumento: acme: The drop is bad.\n"
                + "segumento: 1 of 2 clients failed: acme. The others are done. Remove the causes"
                + " and run the same command again.\n");

    Ran broken =
        run(spark, List.of(stage), "ingest", "--client", "acme", "--date", "2026-02-27", "--json");
    assertThat(broken.status()).isEqualTo(4);
    assertThat(broken.out())
        .contains("\"run\":\"2026-02-27-2\",\"error\":\"The drop is bad.\"")
        .contains("\"stage\":\"ingest\",\"status\":\"REFUSED\"");

    assertThat(
            run(spark, List.of(stage), "ingest", "--client", "retail", "--date", "2026-02-26")
                .status())
        .isEqualTo(3);

    Ran unexpected =
        run(spark, List.of(stage), "ingest", "--client", "retail", "--date", "2026-02-25");
    assertThat(unexpected.status()).isEqualTo(1);
    assertThat(unexpected.err())
        .contains("segumento: retail: Unexpected NumberFormatException. What it says is left out")
        .doesNotContain(VALUE);
    assertThat(run(spark, List.of(stage), "status").out()).doesNotContain(VALUE);
    assertThat(used(spark))
        .containsExactly(
            "nightly|*|2026-02-27|2026-02-27-1|6",
            "ingest|acme|2026-02-27|2026-02-27-2|4",
            "ingest|retail|2026-02-26|2026-02-26-1|3",
            "ingest|retail|2026-02-25|2026-02-25-1|1",
            "status|*|-|-|0");
  }

  private static long fail(Workspace workspace) {
    return switch (workspace.date() + " " + workspace.client().client()) {
      case "2026-02-27 acme" -> throw new DataContractException("The drop is bad.");
      case "2026-02-26 retail" -> throw new PrivacyRefused("A cell is too small.");
      case "2026-02-25 retail" -> throw new NumberFormatException("For " + VALUE);
      default -> 1L;
    };
  }

  @Test
  void levelsAreChosenAnewWhereThatIsAskedFor(SparkSession spark) {
    List<Stage> stages = List.of(new Small("export", workspace -> workspace.replan() ? 1L : 0L));
    String[] export = {"export", "--client", "acme", "--date"};

    assertThat(run(spark, stages, with(export, "2026-02-27")).out()).contains("0 cells published");
    assertThat(run(spark, stages, with(export, "2026-02-26", "--replan")).out())
        .contains("1 cells published");
    assertThat(run(spark, stages, "nightly", "--date", "2026-02-25", "--replan").out())
        .contains("1 cells published");
    assertThat(
            run(spark, stages, "ingest", "--client", "acme", "--date", "2026-02-24", "--replan")
                .err())
        .contains("Unknown option: '--replan'");
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  @Test
  void aLakeWithoutKeysIsSaidToHaveNone(SparkSession spark) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Map<String, String> store =
        Map.of(
            "fs.s3a.endpoint",
            "http://127.0.0.1:1",
            "fs.s3a.endpoint.region",
            "ap-south-1",
            "fs.s3a.aws.credentials.provider",
            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    store.forEach(hadoop::set);
    try {
      String conf = Repository.path("conf").toString();
      Ran status =
          Ran.with(spark, List.of(), "status", "--conf", conf, "--lake", "s3a://segumento-no-keys");
      assertThat(status.status()).as(status.err()).isEqualTo(2);
      assertThat(status.err())
          .contains("segumento: There are no keys for the object store of the lake: fs.s3a.access");
    } finally {
      store.keySet().forEach(hadoop::unset);
    }
  }

  private Ran run(SparkSession spark, List<Stage> stages, String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--conf";
    all[arguments.length + 1] = Repository.path("conf").toString();
    all[arguments.length + 2] = "--lake";
    all[arguments.length + 3] = folder.resolve("lake").toUri().toString();
    return Ran.with(spark, stages, all);
  }

  /** A stage of one figure. */
  private record Small(
      String name, Function<Workspace, Long> figure, Predicate<String> hasSomething)
      implements Stage {
    Small(String name, Function<Workspace, Long> figure) {
      this(name, figure, any -> true);
    }

    @Override
    public Optional<String> inputs(Workspace workspace) {
      return Optional.of("the same").filter(any -> hasSomething.test(workspace.client().client()));
    }

    @Override
    public void run(Workspace workspace, StageReport.Builder report) {
      if (name.equals("ingest")) {
        report.count("rows_ingested", figure.apply(workspace));
        return;
      }
      report
          .count("cells_published", figure.apply(workspace))
          .output("reach", workspace.lake().layout().root() + "/exports");
    }
  }
}
