package com.segumento.ingest;

import static com.segumento.ingest.DropYard.column;
import static com.segumento.ingest.DropYard.token;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.config.DatasetContract.RawIdentifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A csv of orders with a row for every reason to keep one out, and for every edge of one. */
final class BadRows {
  static final String EMAIL = "asha.verma@example.com";
  private static final String HEADER = "who,at,kind,amount,note,day,tier,code,ref";

  private final StringBuilder lines = new StringBuilder();
  private final Map<String, String> expected = new TreeMap<>();
  private int rows;

  BadRows() {
    lines.append('\uFEFF').append(HEADER).append("\r\n");
    tokens();
    values();
    identifiers();
    times();
    lines.append(token(1)).append(",2026-03-05,short\r\n");
    lines.append(row(token(1), "2026-03-05", "long", "1", "n", "", "a", "AB", "x,more\r\n"));
    rows += 2;
  }

  String csv() {
    return lines.toString();
  }

  int count() {
    return rows;
  }

  /** Reasons by the kind of the row, of the rows that can be taken apart. */
  Map<String, String> bad() {
    Map<String, String> bad = new TreeMap<>(expected);
    bad.values().removeIf(String::isEmpty);
    return bad;
  }

  /** Kinds of the rows that keep the contract. */
  List<String> good() {
    return expected.keySet().stream().filter(label -> expected.get(label).isEmpty()).toList();
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

  static DatasetContract contract() {
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
}
