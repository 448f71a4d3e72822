package com.segumento.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.PersonKeys;
import com.segumento.lake.Secrets;
import com.segumento.lake.Sessions;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.Events;
import com.segumento.model.Law;
import com.segumento.model.Persons;
import com.segumento.model.RequestKind;
import com.segumento.model.Sha256;
import com.segumento.ops.Progress;
import com.segumento.ops.Stopwatch;
import com.segumento.pipeline.RetentionStage;
import com.segumento.pipeline.RetentionStage.Scope;
import com.segumento.request.RequestRun;
import com.segumento.request.Submission;
import com.segumento.testkit.SecretsFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What batches of requests cost: restrictions of a tenth of the tokens and of all, and an erasure
 * of all, with its purge and proof. One request each, of persons spread over a client's tables.
 * Prints Markdown. Arguments: a folder with {@code conf}, persons, tokens.
 */
public final class RequestScale {
  private static final ClientId ACME = new ClientId("acme");
  private static final LocalDate DATE = LocalDate.parse("2026-03-02");
  private static final int DAYS = 20;
  private static final int EVENTS_A_PERSON = 2;
  private static final int FEWER = 10;

  private final Workspace workspace;
  private final Path folder;
  private final long persons;

  private RequestScale(Workspace workspace, Path folder, long persons) {
    this.workspace = workspace;
    this.folder = folder;
    this.persons = persons;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SparkSession spark =
        Sessions.configure(SparkSession.builder().master("local[2]"))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate();
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set(
            "hadoop.security.credential.provider.path",
            SecretsFile.write(
                folder.resolve("requests.jceks"),
                Map.of(
                    "acme.person.key", "the person key of a benchmark, of 32 bytes and more",
                    "acme.requests.key", "the requests key of a benchmark, 32 bytes and more",
                    "ops.manifest.key", "the manifest key of a benchmark, 32 bytes and more")));
    Configuration configuration = ConfigurationLoader.load(folder.resolve("conf"), ACME);
    Workspace workspace =
        new Workspace(
            spark,
            Lake.open(spark, "file:" + folder.resolve("lake")),
            Secrets.of(spark),
            configuration.platform(),
            configuration.client(ACME),
            configuration.segments(ACME),
            DATE,
            DATE + "-1",
            configuration.directory(),
            Progress.SILENT);
    long tokens = Long.parseLong(arguments[2]);
    RequestScale scale = new RequestScale(workspace, folder, Long.parseLong(arguments[1]));
    scale.write();
    System.out.println("| | tokens | seconds |\n|---|---:|---:|");
    scale.carryOut(RequestKind.RESTRICT, tokens / FEWER);
    scale.carryOut(RequestKind.RESTRICT, tokens);
    scale.carryOut(RequestKind.ERASE, tokens);
    Stopwatch watch = Stopwatch.start();
    new RetentionStage(Scope.ERASURES).run(workspace);
    line("erase: purged, proved and certified", tokens, watch.seconds());
  }

  private void carryOut(RequestKind kind, long tokens) throws IOException {
    Path file = tokens(tokens);
    try (InputStream in = Files.newInputStream(file)) {
      new Submission(
              kind, Law.GDPR, Optional.of("2026-03-01"), Optional.empty(), Optional.empty(), true)
          .to(workspace, in);
    }
    Stopwatch watch = Stopwatch.start();
    new RequestRun(alert -> {}, any -> false).run(workspace);
    line(kind == RequestKind.ERASE ? "erase: let in no more" : "restrict", tokens, watch.seconds());
  }

  private static void line(String what, long tokens, double seconds) {
    System.out.printf(Locale.ROOT, "| %s | %,d | %.1f |%n", what, tokens, seconds);
  }

  private Path tokens(long tokens) throws IOException {
    Path file = folder.resolve("tokens.csv");
    long step = Math.max(1, persons / tokens);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("token\n");
      for (long n = 0; n < tokens; n++) {
        out.write(Sha256.hex(Long.toString(n * step)) + "\n");
      }
    }
    return file;
  }

  private void write() {
    SparkSession spark = workspace.spark();
    try (PersonKeys keys = PersonKeys.open(workspace)) {
      Dataset<Row> ids =
          spark
              .range(0, persons, 1, 16)
              .toDF("id")
              .withColumn(
                  Persons.PERSON_KEY.name(),
                  keys.function().apply(expr("sha2(cast(cast(id as string) as binary), 256)")));
      write(
          "profiles",
          ids.select(
              Persons.PERSON_KEY.col(),
              expr("cast(id % 90 as int)").as("age"),
              expr("concat('6', lpad(id % 40000, 5, '0'))").as("pincode")),
          List.of());
    }
    Dataset<Row> profiles =
        workspace.lake().tables().read(workspace.lake().layout().table(ACME, "profiles"));
    write(
        "orders",
        profiles
            .withColumn("n", expr("explode(sequence(1, " + EVENTS_A_PERSON + "))"))
            .select(
                Persons.PERSON_KEY.col(),
                expr("cast(age as decimal(12,2))").as("amount"),
                date_add(
                        lit(Date.valueOf("2026-01-01")),
                        expr("cast(pmod(xxhash64(person_key, n), " + DAYS + ") as int)"))
                    .as(Events.EVENT_DATE.name()))
            .repartition(DAYS, col(Events.EVENT_DATE.name())),
        List.of(Events.EVENT_DATE.name()));
  }

  private void write(String table, Dataset<Row> rows, List<String> by) {
    String path = workspace.lake().layout().table(ACME, table);
    workspace.lake().tables().declare(path, rows.schema(), by);
    workspace.lake().tables().append(path, rows, Commit.of(Map.of("date", "2026-01-31")));
  }
}
