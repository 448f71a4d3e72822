package com.segumento.request;

import static com.segumento.request.RequestYard.DAY;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Expectations;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.config.DatasetContract.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The client {@code acme}, of customers and their orders. */
final class RequestClient {
  private RequestClient() {}

  static Client of(boolean hold) {
    return new Client(
        "acme",
        new Client.Agreement("A", DAY.minusYears(1), DAY.plusYears(1), "in", null, false, false),
        new Client.Keys("acme.person.key", "acme.requests.key"),
        List.of(customers(), orders()),
        null,
        null,
        null,
        new Client.Retention(30, 30, 7, 90, 0, null, hold));
  }

  private static DatasetContract customers() {
    Map<String, ColumnContract> columns = new LinkedHashMap<>();
    columns.put("age", column("int", null, 0.0, 120.0, List.of()));
    columns.put("gender", column("string", null, null, null, List.of("f", "m")));
    return contract("customers", Kind.PROFILE, Mode.UPSERT, columns);
  }

  private static DatasetContract orders() {
    return contract(
        "orders",
        Kind.EVENT,
        Mode.APPEND,
        Map.of("amount", column("int", null, null, null, List.of())));
  }

  private static ColumnContract column(
      String type, Boolean required, Double min, Double max, List<String> allowed) {
    return new ColumnContract(
        type, required, min, max, allowed, null, null, null, null, null, List.of());
  }

  private static DatasetContract contract(
      String name, Kind kind, Mode mode, Map<String, ColumnContract> columns) {
    boolean events = kind == Kind.EVENT;
    return new DatasetContract(
        name,
        kind,
        mode,
        Format.CSV,
        null,
        new Token("who", Token.Scheme.SHA256_HEX, true),
        events ? null : "changed",
        events ? "at" : null,
        null,
        columns,
        new Expectations(null, null, 0.0, null, null));
  }
}
