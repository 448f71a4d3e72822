package com.segumento.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a specification of {@code anonymize} may say in fewer words: a hierarchy by its file alone,
 * one model instead of a list of one, options that are no text.
 */
final class AnonymizeShortForms {
  private static final String HIERARCHY = "hierarchy";
  private static final String OPTIONS = "options";
  private static final List<String> MODELS = List.of("l", "t");

  private AnonymizeShortForms() {}

  /** The document with its short forms written out. */
  static Document writtenOut(Document document) {
    JsonNode root = document.root().deepCopy();
    root.path("attributes").forEach(AnonymizeShortForms::writeOutHierarchy);
    for (String model : MODELS) {
      JsonNode privacy = root.path("privacy");
      if (privacy.path(model).isObject()) {
        JsonNode one = privacy.get(model);
        ((ObjectNode) privacy).putArray(model).add(one);
      }
    }
    for (String side : List.of("input", "output")) {
      JsonNode options = root.path(side).path(OPTIONS);
      if (options.isObject()) {
        options.properties().stream()
            .filter(option -> option.getValue().isBoolean() || option.getValue().isNumber())
            .toList()
            .forEach(
                option -> ((ObjectNode) options).put(option.getKey(), option.getValue().asText()));
      }
    }
    return new Document(document.file(), root, document.values(), document.keys());
  }

  private static void writeOutHierarchy(JsonNode attribute) {
    if (attribute.path(HIERARCHY).isTextual()) {
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      whole.set("file", attribute.get(HIERARCHY));
      ((ObjectNode) attribute).set(HIERARCHY, whole);
    }
  }

  /** The schema of a specification with the short forms allowed in it. */
  static JsonNode allowed(JsonNode schema) {
    schema.forEach(AnonymizeShortForms::allowed);
    JsonNode properties = schema.path("properties");
    if (properties.has(HIERARCHY)) {
      ObjectNode file = JsonNodeFactory.instance.objectNode().put("type", "string");
      either((ObjectNode) properties, HIERARCHY, file);
    }
    for (String model : MODELS) {
      if (properties.path(model).has("items")) {
        either((ObjectNode) properties, model, properties.get(model).get("items"));
      }
    }
    if (properties.path(OPTIONS).isObject()) {
      ObjectNode value = JsonNodeFactory.instance.objectNode();
      value.putArray("type").add("string").add("boolean").add("number");
      ((ObjectNode) properties.get(OPTIONS)).set("additionalProperties", value);
    }
    return schema;
  }

  private static void either(ObjectNode properties, String name, JsonNode shorter) {
    ObjectNode both = JsonNodeFactory.instance.objectNode();
    ArrayNode forms = both.putArray("anyOf");
    forms.add(shorter.deepCopy()).add(properties.get(name));
    properties.set(name, both);
  }
}
