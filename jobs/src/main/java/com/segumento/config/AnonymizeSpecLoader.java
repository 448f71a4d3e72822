package com.segumento.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a specification of {@code anonymize} and refuses it with all its problems at once. */
public final class AnonymizeSpecLoader {
  private static final ShapeRules SHAPE = new ShapeRules(AnonymizeSpec.class);

  private AnonymizeSpecLoader() {}

  /**
   * The specification.
   *
   * @throws ConfigException with one line a problem
   */
  public static AnonymizeSpec load(Path file) {
    Findings findings = new Findings();
    Path whole = file.toAbsolutePath();
    Optional<Document> document =
        new Source(whole.getParent(), findings)
            .yaml(whole.getFileName().toString())
            .map(AnonymizeSpecLoader::writtenOut);
    document.ifPresent(read -> SHAPE.check(read, findings));
    findings.refuse();
    Setting root = document.orElseThrow().setting();
    new AnonymizeRules(root, findings).check();
    findings.refuse();
    Optional<AnonymizeSpec> spec = Binding.bind(root, AnonymizeSpec.class, findings);
    findings.refuse();
    return spec.orElseThrow();
  }

  /** The document with its short forms written out. */
  private static Document writtenOut(Document document) {
    JsonNode root = document.root().deepCopy();
    root.path("attributes").forEach(attribute -> writeOut(attribute, "hierarchy", "file"));
    for (String model : List.of("l", "t")) {
      JsonNode privacy = root.path("privacy");
      if (privacy.path(model).isObject()) {
        JsonNode one = privacy.get(model);
        ((ObjectNode) privacy).putArray(model).add(one);
      }
    }
    for (String side : List.of("input", "output")) {
      JsonNode options = root.path(side).path("options");
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

  private static void writeOut(JsonNode owner, String key, String member) {
    if (owner.path(key).isTextual()) {
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      whole.set(member, owner.get(key));
      ((ObjectNode) owner).set(key, whole);
    }
  }
}
