package com.segumento.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * YAML to a tree with positions. Anchors, aliases, tags, duplicate keys and second documents are
 * refused: what stands in a file is what it means.
 */
final class YamlReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 40;

  private final String file;
  private final String text;
  private final Findings findings;
  private final Map<String, Position> values = new HashMap<>();
  private final Map<String, Position> keys = new HashMap<>();

  YamlReader(String file, String text, Findings findings) {
    this.file = file;
    this.text = text;
    this.findings = findings;
  }

  /** The file's document; nothing where it is not YAML or empty, which is a finding. */
  Optional<Document> document() {
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      if (parser.nextToken() == null || parser.currentToken() == JsonToken.VALUE_NULL) {
        findings.refuse(file, 1, 1, "The file is empty. Expected settings, as `key: value`.");
        return Optional.empty();
      }
      JsonNode root = read(parser, "", "", 0);
      if (parser.nextToken() != null) {
        refuse(position(parser), "", "A second document begins here. Expected one a file.");
      }
      return Optional.of(new Document(file, root, Map.copyOf(values), Map.copyOf(keys)));
    } catch (TooDeep e) {
      refuse(e.position, "", "Settings are nested too deep here. Expected " + DEEPEST + " levels.");
    } catch (JsonProcessingException e) {
      refuse(position(e), "", reason(e) + " Correct the YAML.");
    } catch (YAMLException | NumberFormatException e) {
      refuse(Position.START, "", "The file is not YAML. Correct it.");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Optional.empty();
  }

  private JsonNode read(YAMLParser parser, String pointer, String path, int depth)
      throws IOException {
    Position at = position(parser);
    if (depth > DEEPEST) {
      throw new TooDeep(at);
    }
    values.put(pointer, at);
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      refuse(at, path, "Anchors and aliases are not allowed. Write the value out.");
    } else if (parser.getTypeId() != null) {
      refuse(at, path, "Tags are not allowed. Write the plain value.");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, pointer, path, depth);
      case START_ARRAY -> list(parser, pointer, path, depth);
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> real(parser, at, path);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_STRING -> NODES.textNode(parser.getText());
      default -> MissingNode.getInstance();
    };
  }

  private JsonNode mapping(YAMLParser parser, String pointer, String path, int depth)
      throws IOException {
    ObjectNode mapping = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Position at = position(parser);
      String member = Setting.pointer(pointer, key);
      String memberPath = Setting.path(path, key);
      boolean twice = mapping.has(key);
      parser.nextToken();
      if (twice) {
        refuse(
            at,
            memberPath,
            "is given twice, first in line " + keys.get(member).line() + ". Keep one of them.");
        read(parser, pointer + "/~2", memberPath, depth + 1);
      } else {
        keys.put(member, at);
        mapping.set(key, read(parser, member, memberPath, depth + 1));
      }
    }
    return mapping;
  }

  private JsonNode list(YAMLParser parser, String pointer, String path, int depth)
      throws IOException {
    ArrayNode list = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(
          read(parser, pointer + "/" + list.size(), path + "[" + list.size() + "]", depth + 1));
    }
    return list;
  }

  private JsonNode real(YAMLParser parser, Position at, String path) throws IOException {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      refuse(at, path, "The number is not finite. Expected one that is.");
      return NODES.numberNode(0);
    }
    return NODES.numberNode(value);
  }

  private void refuse(Position at, String path, String sentence) {
    findings.refuse(new Problem(file, at.line(), at.column(), path, sentence));
  }

  private static Position position(YAMLParser parser) {
    return position(parser.currentTokenLocation());
  }

  private static Position position(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return new Position(
          marked.getProblemMark().getLine() + 1, marked.getProblemMark().getColumn() + 1);
    }
    return position(e.getLocation());
  }

  private static Position position(JsonLocation at) {
    return at == null
        ? Position.START
        : new Position(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }

  /** The parser's own words without its excerpt of the file, which may hold a misplaced secret. */
  private static String reason(JsonProcessingException e) {
    return e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null
        ? "The file is not YAML here: " + oneLine(marked.getProblem()) + "."
        : "The file is not YAML here.";
  }

  private static String oneLine(String problem) {
    return problem.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Position position;

    TooDeep(Position position) {
      this.position = position;
    }
  }
}
