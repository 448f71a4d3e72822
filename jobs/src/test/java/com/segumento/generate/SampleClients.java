package com.segumento.generate;

import com.segumento.config.Client;
import com.segumento.config.Client.PlaceKey;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Csv;
import com.segumento.config.DatasetContract.Expectations;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.config.DatasetContract.Role;
import com.segumento.config.DatasetContract.Token;
import com.segumento.config.DatasetContract.Token.Scheme;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contracts of made-up clients. */
final class SampleClients {
  private SampleClients() {}

  /** A shop: customers (upsert) and orders. */
  static Client shop(Format format, Scheme scheme, Csv csv) {
    return client("shop", customers(format, scheme, csv), orders(format, scheme, csv));
  }

  static Client shop() {
    return client(
        "shop",
        customers(Format.CSV, Scheme.SHA256_HEX, null),
        orders(Format.PARQUET, Scheme.SHA256_HEX, null));
  }

  /** The packaged real client's contract. */
  static Client retail() {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    columns.put("invoice_no", column("string"));
    columns.put("stock_code", column("string"));
    columns.put("description", column("string"));
    columns.put("quantity", column("int"));
    columns.put("unit_price", column("decimal(12,3)"));
    columns.put("amount", column("decimal(14,3)"));
    Token token = new Token("customer_hash", Scheme.SHA256_HEX, true);
    return client(
        "retail",
        new DatasetContract(
            "customers",
            Kind.PROFILE,
            Mode.SNAPSHOT,
            Format.JSON,
            null,
            token,
            null,
            null,
            null,
            Map.of("country", place(PlaceKey.COUNTRY)),
            expectations(0.02)),
        new DatasetContract(
            "invoices",
            Kind.EVENT,
            Mode.APPEND,
            Format.PARQUET,
            null,
            token,
            null,
            "invoice_date",
            "kind",
            columns,
            expectations(0.7)));
  }

  static Client client(String id, DatasetContract... datasets) {
    return new Client(
        id,
        new Client.Agreement(
            "A-1",
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2027, 12, 31),
            "in",
            List.of(Client.Purpose.SEGMENTATION),
            false,
            false),
        new Client.Keys(id + ".person.key"),
        List.of(datasets),
        null,
        null,
        List.of(),
        new Client.Retention(730, 30, 7, 90, 0, null, false));
  }

  private static DatasetContract customers(Format format, Scheme scheme, Csv csv) {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    columns.put("age", range("int", 0.0, 120.0));
    columns.put("gender", allowed("f", "m", "x"));
    columns.put("pincode", place(PlaceKey.POSTAL_CODE));
    columns.put("income_band", allowed("low", "middle", "high"));
    columns.put("loyalty_since", column("date"));
    columns.put("newsletter", column("boolean"));
    columns.put("score", range("double", 0.0, 1.0));
    return new DatasetContract(
        "customers",
        Kind.PROFILE,
        Mode.UPSERT,
        format,
        csv,
        new Token("customer_hash", scheme, true),
        "updated_at",
        null,
        null,
        columns,
        expectations(0.05));
  }

  private static DatasetContract orders(Format format, Scheme scheme, Csv csv) {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    columns.put("amount", range("decimal(12,2)", 0.0, 1_000_000.0));
    columns.put("category", allowed("grocery", "fashion", "books"));
    columns.put("note", column("string"));
    return new DatasetContract(
        "orders",
        Kind.EVENT,
        Mode.APPEND,
        format,
        csv,
        new Token("customer_hash", scheme, true),
        null,
        "ordered_at",
        "kind",
        columns,
        expectations(0.05));
  }

  private static Expectations expectations(double maxQuarantined) {
    return new Expectations(1L, null, maxQuarantined, Map.of(), null);
  }

  private static ColumnContract column(String type) {
    return range(type, null, null);
  }

  private static ColumnContract range(String type, Double min, Double max) {
    return new ColumnContract(
        type, null, min, max, List.of(), null, null, Role.QUASI, null, null, List.of());
  }

  private static ColumnContract allowed(String... values) {
    return new ColumnContract(
        "string", null, null, null, List.of(values), null, null, null, null, null, List.of());
  }

  private static ColumnContract place(PlaceKey key) {
    return new ColumnContract(
        "string", null, null, null, List.of(), null, null, Role.QUASI, key, null, List.of());
  }
}
