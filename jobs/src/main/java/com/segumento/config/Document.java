package com.segumento.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A parsed file: its tree, and where in the file each value and key stands.
 *
 * @param file relative to the configuration's directory
 * @param values positions of values by JSON pointer
 * @param keys positions of keys by JSON pointer of their value
 */
record Document(
    String file, JsonNode root, Map<String, Position> values, Map<String, Position> keys) {

  Setting setting() {
    return new Setting(this, "", "", root);
  }

  /** Where a value stands; where it is not given, where its nearest given owner does. */
  Position position(String pointer) {
    Position value = values.get(pointer);
    return value == null ? owner(pointer) : value;
  }

  /** Where a key stands; for a list's member, where the member does. */
  Position keyPosition(String pointer) {
    Position key = keys.get(pointer);
    return key == null ? position(pointer) : key;
  }

  private Position owner(String pointer) {
    String at = pointer;
    while (!at.isEmpty()) {
      at = at.substring(0, at.lastIndexOf('/'));
      if (keys.containsKey(at)) {
        return keys.get(at);
      }
      if (values.containsKey(at)) {
        return values.get(at);
      }
    }
    return Position.START;
  }
}
