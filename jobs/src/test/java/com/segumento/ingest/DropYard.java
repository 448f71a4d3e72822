package com.segumento.ingest;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Expectations;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.config.DatasetContract.RawIdentifier;
import com.segumento.config.DatasetContract.Token;
import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.ops.Progress;
import com.segumento.ops.StageReport;
import com.segumento.testkit.SecretsFile;
import com.segumento.udf.PersonKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.sql.SparkSession;

/** A client's landing in a directory, and ingest runs over it. */
final class DropYard {
  static final String KEY = "the key of the client acme, 32 b";
  static final LocalDate DAY = LocalDate.parse("2026-03-10");

  private final SparkSession spark;
  private final Path root;
  private final List<DatasetContract> datasets;
  private final Secrets secrets;
  private boolean activation;
  final Lake lake;

  DropYard(SparkSession spark, Path directory, DatasetContract... datasets) {
    this.spark = spark;
    this.root = directory.resolve("lake");
    this.datasets = List.of(datasets);
    this.lake = Lake.open(spark, root.toUri().toString());
    this.secrets = new Secrets(credentials(directory));
  }

  private static Configuration credentials(Path directory) {
    Configuration hadoop = new Configuration(false);
    try {
      hadoop.set(
          CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH,
          SecretsFile.write(directory.resolve("secrets.jceks"), Map.of("acme.person.key", KEY)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hadoop;
  }

  /** The same client, with activation contracted. */
  DropYard activating() {
    activation = true;
    return this;
  }

  Path root() {
    return root;
  }

  Workspace workspace(LocalDate date) {
    var agreement =
        new Client.Agreement(
            "A", DAY.minusYears(1), DAY.plusYears(1), "in", null, false, activation);
    var retention = new Client.Retention(30, 30, 7, 90, 0, null, false);
    Client client =
        new Client(
            "acme",
            agreement,
            new Client.Keys("acme.person.key"),
            datasets,
            null,
            null,
            null,
            retention);
    var platform =
        new Platform("x", Map.of(), new Platform.PrivacyFloor(50, 10, 100, 400), 365, List.of());
    return new Workspace(
        spark,
        lake,
        secrets,
        platform,
        client,
        Segments.NONE,
        date,
        date + "-1",
        root,
        Progress.SILENT);
  }

  StageReport run() {
    return run(DAY);
  }

  StageReport run(LocalDate date) {
    return new IngestStage().run(workspace(date));
  }

  /** Runs, and fills in {@code report} up to where it is refused. */
  void run(StageReport.Builder report) {
    new IngestStage().run(workspace(DAY), report);
  }

  String table(String dataset) {
    return lake.layout().table(workspace(DAY).clientId(), dataset);
  }

  String quarantine(String dataset) {
    return lake.layout().quarantine(workspace(DAY).clientId(), dataset);
  }

  /** An expression over the rows of a table, as text. */
  List<String> texts(String path, String expression) {
    return lake.tables().read(path).selectExpr(expression).collectAsList().stream()
        .map(row -> row.isNullAt(0) ? null : row.getString(0))
        .toList();
  }

  Path folder(String dataset, LocalDate date, String id) {
    return root.resolve("landing/acme/" + dataset + "/dt=" + date + "/" + id);
  }

  /** A drop in the making. */
  final class Making {
    private final String dataset;
    private final LocalDate date;
    private final String id;
    private final Map<String, Long> rows = new LinkedHashMap<>();
    private String more = "";

    private Making(String dataset, LocalDate date, String id) {
      this.dataset = dataset;
      this.date = date;
      this.id = id;
    }

    Path folder() {
      return DropYard.this.folder(dataset, date, id);
    }

    Making file(String path, long count, byte[] bytes) {
      write(folder().resolve(path), bytes);
      rows.put(path, count);
      return this;
    }

    Making file(String path, long count, String text) {
      return file(path, count, text.getBytes(StandardCharsets.UTF_8));
    }

    Making listed(String path, long count) {
      rows.put(path, count);
      return this;
    }

    Making replaces(String other) {
      more = ", \"replaces\": \"" + other + "\"";
      return this;
    }

    void complete() {
      write(folder().resolve("_MANIFEST.json"), manifest().getBytes(StandardCharsets.UTF_8));
    }

    void complete(String from, String to) {
      String altered = manifest().replace(from, to);
      write(folder().resolve("_MANIFEST.json"), altered.getBytes(StandardCharsets.UTF_8));
    }

    String manifest() {
      StringBuilder files = new StringBuilder();
      rows.forEach(
          (path, count) ->
              files
                  .append(files.length() == 0 ? "" : ", ")
                  .append("{\"path\": \"" + path + "\", \"sha256\": \"")
                  .append(sha256(folder().resolve(path)))
                  .append("\", \"rows\": " + count + "}"));
      return "{\"dropId\": \""
          + id
          + "\", \"client\": \"acme\", \"dataset\": \""
          + dataset
          + "\", \"date\": \""
          + date
          + "\", \"files\": ["
          + files
          + "]"
          + more
          + "}";
    }
  }

  Making drop(String dataset, LocalDate date, String id) {
    return new Making(dataset, date, id);
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static String sha256(Path file) {
    try {
      return Files.exists(file) ? hash(Files.readAllBytes(file)) : "0".repeat(64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The token of person {@code n}. */
  static String token(int n) {
    return hash(("salt" + n).getBytes(StandardCharsets.UTF_8));
  }

  static byte[] person(int n) {
    return PersonKey.of(KEY.getBytes(StandardCharsets.UTF_8), token(n));
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Orders: who, at, kind, amount decimal(12,2) from 0, note. */
  static DatasetContract orders(Format format, Double maxQuarantined) {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    columns.put("amount", column("decimal(12,2)", 0.0, null, List.of()));
    columns.put("note", column("string", null, null, List.of()));
    return contract("orders", Kind.EVENT, Mode.APPEND, format, columns, maxQuarantined);
  }

  /** Customers: who, changed, age 0 to 120, gender f or m. */
  static DatasetContract customers(Mode mode, Format format) {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    columns.put("age", column("int", 0.0, 120.0, List.of()));
    columns.put("gender", column("string", null, null, List.of("f", "m")));
    return contract("customers", Kind.PROFILE, mode, format, columns, 0.5);
  }

  static DatasetContract contract(
      String name,
      Kind kind,
      Mode mode,
      Format format,
      Map<String, ColumnContract> columns,
      Double maxQuarantined) {
    boolean events = kind == Kind.EVENT;
    return new DatasetContract(
        name,
        kind,
        mode,
        format,
        null,
        new Token("who", Token.Scheme.SHA256_HEX, true),
        events ? null : "changed",
        events ? "at" : null,
        events ? "kind" : null,
        columns,
        new Expectations(null, null, maxQuarantined, null, null));
  }

  static ColumnContract column(
      String type, Double min, Double max, List<String> allowed, RawIdentifier... lookalikes) {
    return new ColumnContract(
        type, null, min, max, allowed, null, null, null, null, null, List.of(lookalikes));
  }
}
