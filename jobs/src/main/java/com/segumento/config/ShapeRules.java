package com.segumento.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Holds a document against the JSON Schema of its kind. */
final class ShapeRules {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .formatAssertionsEnabled(true)
                      .pathType(PathType.JSON_POINTER)
                      .build()));

  private final JsonNode schema;
  private final Schema validator;

  ShapeRules(Class<?> type) {
    schema = ConfigurationSchemas.generate(type);
    validator = REGISTRY.getSchema(schema);
  }

  void check(Document document, Findings findings) {
    validator.validate(document.root()).forEach(error -> report(document, error, findings));
  }

  private void report(Document document, Error error, Findings findings) {
    Setting setting = document.setting();
    for (String segment : segments(error.getInstanceLocation().toString())) {
      setting =
          setting.node().isArray() ? setting.items().get(index(segment)) : setting.at(segment);
    }
    // The keyword's owner in the schema, which says what is expected.
    JsonPointer keyword = JsonPointer.compile(error.getSchemaLocation().getFragment().toString());
    JsonNode owner = schema.at(keyword.head());
    switch (error.getKeyword()) {
      case "required" ->
          findings.missing(
              setting.at(error.getProperty()),
              expected(resolve(owner.path("properties").path(error.getProperty()))));
      case "additionalProperties" -> unknown(setting.at(error.getProperty()), owner, findings);
      default -> wrong(setting, owner, error.getKeyword(), findings);
    }
  }

  private static void wrong(Setting setting, JsonNode owner, String keyword, Findings findings) {
    if (owner.path("pattern").asText().equals(Form.ALIAS) && setting.text().isPresent()) {
      findings.say(
          setting,
          "a text of "
              + setting.node().textValue().length()
              + " characters. Expected "
              + Form.ALIAS_SAYS
              + ".");
    } else {
      boolean tooLarge = keyword.equals("maximum") && !owner.has(ConfigurationSchemas.SAYS);
      findings.wrong(
          setting, tooLarge ? "at most " + owner.get("maximum").asText() : expected(owner));
    }
  }

  private static void unknown(Setting setting, JsonNode owner, Findings findings) {
    List<String> known = new ArrayList<>();
    owner.path("properties").fieldNames().forEachRemaining(known::add);
    Collections.sort(known);
    findings.say(setting.byKey(), "is not known." + Suggestion.among(setting.key(), known));
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? schema.at(node.get("$ref").asText().substring(1)) : node;
  }

  /** What fits a schema, in words. */
  private static String expected(JsonNode schema) {
    if (schema.has(ConfigurationSchemas.SAYS)) {
      String sentence = schema.get(ConfigurationSchemas.SAYS).asText();
      return sentence.substring("Expected ".length(), sentence.length() - 1);
    }
    if (schema.has("enum")) {
      return "one of "
          + StreamSupport.stream(schema.get("enum").spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(", "));
    }
    return switch (schema.path("type").asText()) {
      case "integer" -> "a whole number" + bounds(schema, "imum");
      case "number" -> "a number" + bounds(schema, "imum");
      case "boolean" -> "true or false";
      case "array" -> "a list" + members(schema, "Items");
      case "object" -> "a mapping" + members(schema, "Properties");
      default -> schema.has("format") ? "a date, as in 2026-12-31" : "a text";
    };
  }

  private static String bounds(JsonNode schema, String of) {
    boolean from = schema.has("min" + of);
    JsonNode max = schema.path("max" + of);
    boolean to = max.isNumber() && max.doubleValue() < Integer.MAX_VALUE;
    String lowest = schema.path("min" + of).asText();
    if (from && to) {
      return " from " + lowest + " to " + max.asText();
    }
    if (to) {
      return " of at most " + max.asText();
    }
    return from ? " of at least " + lowest : "";
  }

  private static String members(JsonNode schema, String of) {
    int least = schema.path("min" + of).asInt(0);
    int most = schema.path("max" + of).asInt(Integer.MAX_VALUE);
    if (least == most) {
      return " of " + least;
    }
    String atMost = most == Integer.MAX_VALUE ? "" : " of at most " + most;
    return least > 0 ? " that is not empty" + (atMost.isEmpty() ? "" : "," + atMost) : atMost;
  }

  private static List<String> segments(String pointer) {
    List<String> segments = new ArrayList<>();
    for (JsonPointer at = JsonPointer.compile(pointer);
        at != null && !at.matches();
        at = at.tail()) {
      segments.add(at.getMatchingProperty());
    }
    return segments;
  }

  private static int index(String segment) {
    return Integer.parseInt(segment);
  }
}
