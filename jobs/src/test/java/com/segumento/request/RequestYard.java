package com.segumento.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.config.Export;
import com.segumento.config.Platform;
import com.segumento.enrich.EnrichStage;
import com.segumento.ingest.IngestStage;
import com.segumento.lake.Lake;
import com.segumento.lake.RequestLedger;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.model.RequestStep;
import com.segumento.ops.Alert;
import com.segumento.ops.Progress;
import com.segumento.ops.RequestRecord;
import com.segumento.ops.StageReport;
import com.segumento.segment.SegmentStage;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.SecretsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.sql.SparkSession;

/**
 * A client with customers and orders, its queue, and runs over it. Manifests are signed here as a
 * client would, by nothing of ours.
 */
final class RequestYard {
  static final LocalDate DAY = LocalDate.parse("2026-03-10");
  private static final ObjectMapper JSON = new ObjectMapper();

  final Lake lake;
  final Path root;
  final List<Alert> alerts = new ArrayList<>();
  private final SparkSession spark;
  private final Secrets secrets;

  RequestYard(SparkSession spark, Path directory) {
    this(spark, directory.resolve("lake"), secrets(directory));
  }

  private RequestYard(SparkSession spark, Path root, Secrets secrets) {
    this.spark = spark;
    this.root = root;
    this.lake = Lake.open(spark, root.toUri().toString());
    this.secrets = secrets;
  }

  private static Secrets secrets(Path directory) {
    Map<String, String> all =
        Map.of(
            "acme.person.key", RequestPersons.KEY,
            "acme.requests.key", RequestPersons.REQUESTS_KEY,
            "ops.manifest.key", "what certificates are signed with");
    Configuration hadoop = new Configuration(false);
    try {
      hadoop.set(
          CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH,
          SecretsFile.write(directory.resolve("secrets.jceks"), all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Secrets(hadoop);
  }

  /** The same client over another lake, which is there already. */
  RequestYard over(Path lakeRoot) {
    return new RequestYard(spark, lakeRoot, secrets);
  }

  Workspace workspace(LocalDate date) {
    return workspace(date, false);
  }

  Workspace workspace(LocalDate date, boolean hold) {
    var platform =
        new Platform("x", Map.of(), new Platform.PrivacyFloor(2, 2, 2, 400), 365, List.of());
    return new Workspace(
        spark,
        lake,
        secrets,
        platform,
        RequestClient.of(hold),
        Definitions.segments(
            """
            traits:
              orders_30d: {from: orders, window: 30d, agg: count}
            segments:
              - {id: buyers, title: Who bought, where: "orders_30d >= 1"}
              - {id: grown, where: "age >= 18"}
            """),
        date,
        date + "-1",
        root,
        Progress.SILENT);
  }

  /** With an export of cells. */
  Workspace exporting(LocalDate date) {
    Workspace of = workspace(date);
    Export export =
        new Export(
            "insight",
            Export.Kind.CELLS,
            null,
            List.of("gender"),
            Map.of(),
            List.of(),
            Map.of(),
            null,
            null,
            null,
            null);
    return new Workspace(
        spark,
        lake,
        secrets,
        of.platform(),
        of.client().exporting(export),
        of.segments(),
        date,
        of.run(),
        root,
        Progress.SILENT);
  }

  RequestRun requests() {
    return new RequestRun(alerts::add, workspace -> false);
  }

  RequestRun requests(Runnable beforeWrite) {
    return new RequestRun(alerts::add, workspace -> false, beforeWrite);
  }

  StageReport ingest(LocalDate date) {
    return new IngestStage().run(workspace(date));
  }

  void enrich(LocalDate date) {
    new EnrichStage().run(workspace(date));
  }

  void segment(LocalDate date) {
    new SegmentStage().run(workspace(date));
  }

  /** A drop of a dataset: a header and rows. */
  void drop(String dataset, LocalDate date, String id, String... lines) {
    String text = String.join("\n", lines) + "\n";
    Path folder = root.resolve("landing/acme/" + dataset + "/dt=" + date + "/" + id);
    write(folder.resolve("0.csv"), text);
    write(
        folder.resolve("_MANIFEST.json"),
        json(
            Map.of(
                "dropId",
                id,
                "client",
                "acme",
                "dataset",
                dataset,
                "date",
                date.toString(),
                "files",
                List.of(
                    Map.of(
                        "path",
                        "0.csv",
                        "sha256",
                        RequestPersons.hash(text),
                        "rows",
                        lines.length - 1)))));
  }

  /** A request in the making. */
  final class Asking {
    private final Map<String, Object> manifest = new TreeMap<>();
    private final Map<String, String> files = new TreeMap<>();
    private final List<Object> entries = new ArrayList<>();

    private Asking(String id, String kind) {
      manifest.put("requestId", id);
      manifest.put("client", "acme");
      manifest.put("kind", kind);
      manifest.put("law", "gdpr");
      manifest.put("received", "2026-03-09T08:00:00Z");
      manifest.put("files", entries);
    }

    Asking with(String key, Object value) {
      manifest.put(key, value);
      return this;
    }

    Asking csv(String... lines) {
      String text = String.join("\n", lines) + "\n";
      return file("tokens.csv", text, lines.length - 1);
    }

    Asking json(String... lines) {
      return file("tokens.json", String.join("\n", lines) + "\n", lines.length);
    }

    Asking file(String path, String text, int rows) {
      files.put(path, text);
      entries.add(
          new TreeMap<>(Map.of("path", path, "rows", rows, "sha256", RequestPersons.hash(text))));
      return this;
    }

    Path folder() {
      return queue().resolve((String) manifest.get("requestId"));
    }

    void put() {
      signed(RequestPersons.sign(RequestYard.json(manifest)));
    }

    void unsigned() {
      files.forEach((path, text) -> write(folder().resolve(path), text));
      write(folder().resolve("_MANIFEST.json"), RequestYard.json(manifest));
    }

    /** With a signature, whether it is right or not. */
    void signed(String value) {
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("signature", Map.of("algorithm", "HMAC-SHA-256", "value", value));
      whole.putAll(manifest);
      files.forEach((path, text) -> write(folder().resolve(path), text));
      write(folder().resolve("_MANIFEST.json"), RequestYard.json(whole));
    }
  }

  Asking ask(String id, String kind) {
    return new Asking(id, kind);
  }

  Path queue() {
    return root.resolve("landing/acme/_requests");
  }

  /** How far requests are, by id. */
  Map<String, RequestStep> steps() {
    Map<String, RequestStep> steps = new TreeMap<>();
    records().forEach((id, record) -> steps.put(id, record.step()));
    return steps;
  }

  Map<String, RequestRecord> records() {
    Map<String, RequestRecord> records = new TreeMap<>();
    RequestLedger.open(spark, lake)
        .newest(workspace(DAY).clientId())
        .forEach(record -> records.put(record.id(), record));
    return records;
  }

  /** An expression over the rows of a table, as text, in order. */
  List<String> texts(String path, String expression) {
    return lake.tables().read(path).selectExpr(expression).collectAsList().stream()
        .map(row -> row.isNullAt(0) ? "null" : row.getString(0))
        .sorted()
        .toList();
  }

  String table(String name) {
    return lake.layout().table(workspace(DAY).clientId(), name);
  }

  /** The numbers of the persons of a table. */
  List<Integer> persons(String table) {
    List<Integer> persons = new ArrayList<>();
    texts(table(table), "lower(hex(person_key))").forEach(key -> persons.add(number(key)));
    persons.sort(null);
    return persons;
  }

  private static int number(String key) {
    for (int n = 0; n < 100; n++) {
      if (HexFormat.of().formatHex(RequestPersons.person(n)).equals(key)) {
        return n;
      }
    }
    throw new AssertionError("a stranger");
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
