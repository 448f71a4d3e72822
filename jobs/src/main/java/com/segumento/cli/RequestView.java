package com.segumento.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.ops.RequestRecord;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Steps of requests as text and JSON. */
final class RequestView {
  private static final String NONE = "-";

  private RequestView() {}

  static String text(List<RequestRecord> records, String nothing) {
    if (records.isEmpty()) {
      return nothing;
    }
    Table table =
        new Table(
            "client",
            "request",
            "kind",
            "law",
            "received",
            "deadline",
            "persons",
            "step",
            "reason");
    for (RequestRecord record : records) {
      table.row(
          record.client(),
          record.id(),
          record.about().map(about -> word(about.kind())).orElse(NONE),
          record.about().map(about -> word(about.law())).orElse(NONE),
          record
              .about()
              .map(about -> about.received().atZone(ZoneOffset.UTC).toLocalDate().toString())
              .orElse(NONE),
          record.about().map(about -> about.deadline().toString()).orElse(NONE),
          record.about().map(about -> Long.toString(about.persons())).orElse(NONE),
          word(record.step()),
          record.details().getOrDefault("reason", ""));
    }
    return table.toString();
  }

  static String json(List<RequestRecord> records) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (RequestRecord record : records) {
      ObjectNode node =
          all.addObject().put("client", record.client()).put("request_id", record.id());
      record
          .about()
          .ifPresent(
              about ->
                  node.put("kind", word(about.kind()))
                      .put("law", word(about.law()))
                      .put("received", about.received().toString())
                      .put("deadline", about.deadline().toString())
                      .put("persons", about.persons()));
      node.put("step", word(record.step()))
          .put("time", record.time().toString())
          .put("run", record.run());
      ObjectNode details = node.putObject("details");
      record.details().forEach(details::put);
    }
    return all.toString();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
