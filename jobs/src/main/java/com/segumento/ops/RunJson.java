package com.segumento.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Runs and their reports as JSON and back; what is written reads back equal. */
public final class RunJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunJson() {}

  /** A report, maps in their order. */
  public static String json(StageReport report) {
    return write(report);
  }

  /** The report that {@link #json(StageReport)} wrote. */
  public static StageReport report(String json) {
    try {
      return JSON.readValue(json, StageReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not the JSON of a stage's report.", e);
    }
  }

  /** One stage of a run, with its report inside. */
  public static String json(RunRecord record) {
    return write(node(record));
  }

  /** Several stages, as an array. */
  public static String json(List<RunRecord> records) {
    ArrayNode all = JSON.createArrayNode();
    records.forEach(record -> all.add(node(record)));
    return write(all);
  }

  /** The stage that {@link #json(RunRecord)} wrote. */
  public static RunRecord record(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return new RunRecord(
          node.path("run").asText(),
          LocalDate.parse(node.path("date").asText()),
          node.path("client").asText(),
          node.path("stage").asText(),
          RunRecord.Status.valueOf(node.path("status").asText()),
          node.path("inputs").asText(),
          Instant.parse(node.path("startedAt").asText()),
          node.path("seconds").asDouble(),
          node.path("error").isTextual() ? node.path("error").asText() : null,
          node.path("codeVersion").asText(),
          JSON.treeToValue(node.path("report"), StageReport.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not the JSON of a run.", e);
    }
  }

  private static ObjectNode node(RunRecord record) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("run", record.run())
            .put("date", record.date().toString())
            .put("client", record.client())
            .put("stage", record.stage())
            .put("status", record.status().name())
            .put("inputs", record.inputs())
            .put("startedAt", record.startedAt().toString())
            .put("seconds", record.seconds())
            .put("error", record.error())
            .put("codeVersion", record.codeVersion());
    node.set("report", JSON.valueToTree(record.report()));
    return node;
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
