package com.segumento.ingest;

import static com.segumento.ingest.DropYard.DAY;
import static com.segumento.ingest.DropYard.column;
import static com.segumento.ingest.DropYard.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Csv;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.config.DatasetContract.RawIdentifier;
import com.segumento.ops.StageReport;
import com.segumento.testkit.Eavesdropper;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class QuarantineTest {
  private static final String HEADER = "who,at,kind,amount,note,day,tier,code,ref";
  private static final String EMAIL = "asha.verma@example.com";

  @TempDir Path directory;
  private final StringBuilder lines = new StringBuilder();
  private final Map<String, String> expected = new TreeMap<>();
  private int rows;

  @Test
  void namesEveryReasonAndKeepsNoIdentifier(SparkSession spark) throws Exception {
    lines.append('\uFEFF').append(HEADER).append("\r\n");
    tokens();
    values();
    identifiers();
    times();
    lines.append(token(1)).append(",2026-03-05,short\r\n");
    lines.append(row(token(1), "2026-03-05", "long", "1", "n", "", "a", "AB", "x,more\r\n"));
    DatasetContract notes =
        multiline(
            DropYard.contract(
                "notes",
                Kind.EVENT,
                Mode.APPEND,
                Format.CSV,
                Map.of("text", column("string", null, null, List.of())),
                0.0));
    DropYard yard = new DropYard(spark, directory, contract(), notes);
    String reordered =
        "ref,code,tier,day,note,amount,kind,at,who\nx,AB,a,,\"a \"\"q\"\", b\",3,zst,2026-03-05,"
            + token(7)
            + "\n";
    yard.drop("orders", DAY, "d")
        .file("0.csv", rows + 2, lines.toString())
        .file("1.csv.zst", 1, Zstd.compress(reordered.getBytes(StandardCharsets.UTF_8)))
        .complete();
    yard.drop("notes", DAY, "n")
        .file(
            "0.csv",
            1,
            "who,at,kind,text\n" + token(8) + ",2026-03-05,k,\"two\nlines, one field\"\n")
        .complete();

    StageReport report;
    String heard;
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      report = yard.run();
      heard = ears.heard();
    }

    Map<String, String> found = new TreeMap<>();
    var quarantine = yard.lake.tables().read(yard.quarantine("orders"));
    quarantine
        .filter("values is not null")
        .selectExpr("values['kind']", "concat_ws(' ', reasons)")
        .collectAsList()
        .forEach(row -> found.put(row.getString(0), row.getString(1)));
    assertThat(found).isEqualTo(bad());
    assertThat(
            quarantine
                .filter("values is null")
                .selectExpr("concat_ws(' ', reasons)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("malformed", "malformed");
    assertThat(report.breakdowns().get("quarantined_by_reason"))
        .containsEntry("orders: malformed", 2.0)
        .containsEntry("orders: event_time:too_new", 1.0);
    var table = yard.lake.tables().read(yard.table("orders"));
    assertThat(table.selectExpr("kind").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrderElementsOf(good());
    assertThat(table.filter("kind = 'zst'").selectExpr("note || amount").first().getString(0))
        .isEqualTo("a \"q\", b3.00");
    assertThat(yard.lake.tables().read(yard.table("notes")).selectExpr("text").first().getString(0))
        .isEqualTo("two\nlines, one field");
    assertThat(
            quarantine
                .filter("values['kind'] = 'n-mail'")
                .selectExpr("values['note']", "values['amount']")
                .first()
                .toString())
        .isEqualTo("[[email],1]");
    assertThat(
            quarantine
                .filter("values['kind'] = 'n-long'")
                .selectExpr("values['note']")
                .first()
                .toString())
        .isEqualTo("[[too_long]]");
    assertThat(
            quarantine
                .filter("values['kind'] = 'n-token'")
                .selectExpr("values['note']")
                .first()
                .toString())
        .isEqualTo("[[token]]");
    assertThat(heard).contains("SparkListenerSQLExecutionStart", "Ingest begins");
    String kept = heard + everything(yard, spark);
    assertThat(secrets()).allSatisfy(secret -> assertThat(kept.contains(secret)).isFalse());
  }

  private void tokens() {
    String at = "2026-03-05";
    add("t-none", "token:missing", row("", at, "t-none", "1", "n", "", "a", "AB", "x"));
    String upper = token(1).toUpperCase(Locale.ROOT);
    add("t-upper", "token:malformed", row(upper, at, "t-upper", "1", "n", "", "a", "AB", "x"));
    String cut = token(1).substring(1);
    add("t-short", "token:malformed", row(cut, at, "t-short", "1", "n", "", "a", "AB", "x"));
    String zeros = "0".repeat(64);
    add("t-zero", "token:sentinel", row(zeros, at, "t-zero", "1", "n", "", "a", "AB", "x"));
    String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    add("t-empty", "token:sentinel", row(empty, at, "t-empty", "1", "n", "", "a", "AB", "x"));
    add(
        "t-mail",
        "token:malformed token:raw_email",
        row(EMAIL, at, "t-mail", "1", "n", "", "a", "AB", "x"));
  }

  private void values() {
    value("a-min", "", "0", "n", "", "a", "AB", "x");
    value("a-max", "", "1000.00", "n", "", "b", "AB", "x");
    value("a-low", "amount:below_min", "-0.01", "n", "", "a", "AB", "x");
    value("a-high", "amount:above_max", "1000.01", "n", "", "a", "AB", "x");
    value("a-digits", "amount:wrong_type", "1.999", "n", "", "a", "AB", "x");
    value("a-text", "amount:wrong_type", "abc", "n", "", "a", "AB", "x");
    value("a-mail", "amount:wrong_type amount:raw_email", EMAIL, "n", "", "a", "AB", "x");
    value("d-30", "day:wrong_type", "1", "n", "2026-02-30", "a", "AB", "x");
    value("d-year", "day:wrong_type", "1", "n", "2026", "a", "AB", "x");
    value("c-tier", "tier:not_allowed", "1", "n", "", "c", "AB", "x");
    value("c-code", "code:pattern ref:required", "1", "n", "", "a", "ABC", "");
    value("r-alike", "", "1", "n", "", "a", "AB", "9876543210");
  }

  private void identifiers() {
    value("n-phone", "note:raw_phone", "1", "9876543210", "", "a", "AB", "x");
    value("n-mail", "note:raw_email", "1", EMAIL, "", "a", "AB", "x");
    value("n-pan", "note:raw_pan", "1", "ABCPE1234F", "", "a", "AB", "x");
    value("n-aadhaar", "note:raw_aadhaar", "1", "2341 2341 2346", "", "a", "AB", "x");
    value("n-card", "note:raw_card", "1", "4111 1111 1111 1111", "", "a", "AB", "x");
    value("n-ip", "note:raw_ip", "1", "192.168.17.4", "", "a", "AB", "x");
    value("n-token", "note:token", "1", token(1), "", "a", "AB", "x");
    value("n-4096", "", "1", "y".repeat(4096), "", "a", "AB", "x");
    value("n-4097", "note:too_long", "1", "y".repeat(4097), "", "a", "AB", "x");
    value("n-long", "note:too_long", "1", "z".repeat(10 << 20), "", "a", "AB", "x");
  }

  private void times() {
    time("at-end", "", "2026-03-10T23:59:59.999999Z");
    time("at-new", "event_time:too_new", "2026-03-11T00:00:00Z");
    time("at-zone", "", "2026-03-11T00:30:00+05:30");
    time("at-start", "", "2026-02-08 00:00:00");
    time("at-old", "event_time:too_old", "2026-02-07T23:59:59.999999Z");
    time("at-none", "event_time:required", "");
    time("at-text", "event_time:wrong_type", "yesterday");
  }

  private void time(String label, String reasons, String at) {
    add(label, reasons, row(token(1), at, label, "1", "n", "", "a", "AB", "x"));
  }

  private void value(String label, String reasons, String... more) {
    String start = token(1) + ",2026-03-05," + label + ",";
    add(label, reasons, start + String.join(",", more) + "\r\n");
  }

  private void add(String label, String reasons, String line) {
    lines.append(line);
    expected.put(label, reasons);
    rows++;
  }

  private static String row(String... fields) {
    return String.join(",", fields) + "\r\n";
  }

  private Map<String, String> bad() {
    Map<String, String> bad = new TreeMap<>(expected);
    bad.values().removeIf(String::isEmpty);
    return bad;
  }

  private List<String> good() {
    return Stream.concat(
            expected.keySet().stream().filter(label -> expected.get(label).isEmpty()),
            Stream.of("zst"))
        .toList();
  }

  private static List<String> secrets() {
    return List.of(
        DropYard.KEY,
        token(1),
        token(7),
        token(8),
        token(1).toUpperCase(Locale.ROOT),
        EMAIL,
        "ABCPE1234F",
        "2341 2341 2346",
        "4111 1111",
        "192.168.17.4",
        "zzzzzz");
  }

  private static String everything(DropYard yard, SparkSession spark) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(yard.root())) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(path -> !path.toString().contains("/landing/"))
              .toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (file.toString().endsWith(".parquet")) {
          var rows = spark.read().parquet(file.toString());
          rows.selectExpr("to_json(struct(*))").collectAsList().forEach(all::append);
        }
      }
    }
    return all.toString();
  }

  private static DatasetContract contract() {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    columns.put("amount", column("decimal(12,2)", 0.0, 1000.0, List.of()));
    columns.put("note", column("string", null, null, List.of()));
    columns.put("day", column("date", null, null, List.of()));
    columns.put("tier", column("string", null, null, List.of("a", "b")));
    columns.put(
        "code",
        new ColumnContract(
            "string", null, null, null, null, "[A-Z]{2}", null, null, null, null, null));
    columns.put(
        "ref",
        new ColumnContract(
            "string",
            true,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(RawIdentifier.PHONE)));
    return DropYard.contract("orders", Kind.EVENT, Mode.APPEND, Format.CSV, columns, 1.0);
  }

  private static DatasetContract multiline(DatasetContract like) {
    return new DatasetContract(
        like.name(),
        like.kind(),
        like.mode(),
        like.format(),
        new Csv(null, null, null, true),
        like.token(),
        like.updatedAt(),
        like.eventTime(),
        like.eventType(),
        like.columns(),
        like.expectations());
  }

  @Test
  void holdsJsonToItsTypes(SparkSession spark) {
    DropYard yard = new DropYard(spark, directory, DropYard.orders(Format.JSON, 0.9));
    yard.drop("orders", DAY, "d")
        .file(
            "0.json",
            8,
            json("good", "\"amount\": 1.10, \"note\": \"n\"")
                + json("text", "\"amount\": \"2.5\", \"note\": null")
                + json("absent", "\"amount\": 3")
                + json("number", "\"amount\": 1, \"note\": 5")
                + json("object", "\"amount\": 1, \"note\": {\"a\": 1}")
                + json("list", "\"amount\": [1], \"note\": \"n\"")
                + json("flag", "\"amount\": true, \"note\": \"n\"")
                + "{\"who\": \n\n")
        .complete();
    yard.drop("orders", DAY, "e")
        .file("0.json", 1, json("x", "\"amount\": 1, \"note\": \"\", \"colour\": 1"))
        .complete();
    yard.drop("orders", DAY, "f").file("0.json", 1, json("x", "\"note\": \"\"")).complete();
    assertThatThrownBy(yard::run)
        .hasMessage(
            "Client acme: 2 drops were refused and nothing of them ingested."
                + " orders, 2026-03-10, e: 1 rows have fields the contract does not know."
                + " orders, 2026-03-10, f: no row has amount."
                + " Have the client deliver again, under the same dropId if it likes.");
    assertThat(
            yard.lake
                .tables()
                .read(yard.table("orders"))
                .selectExpr("kind || amount || coalesce(note, '-')")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("good1.10n", "text2.50-", "absent3.00-");
    assertThat(
            yard.lake
                .tables()
                .read(yard.quarantine("orders"))
                .selectExpr("coalesce(values['kind'], '') || ' ' || concat_ws(' ', reasons)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "number note:wrong_type",
            "object note:wrong_type",
            "list amount:wrong_type",
            "flag amount:wrong_type",
            " malformed");
  }

  private static String json(String kind, String more) {
    return "{\"who\": \""
        + token(1)
        + "\", \"at\": \"2026-03-05T01:02:03Z\", \"kind\": \""
        + kind
        + "\", "
        + more
        + "}\n";
  }
}
