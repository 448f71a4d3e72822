package com.segumento.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value in a document and the way to it; checks walk the documents by it, so that each problem
 * knows its place and a value of the wrong type, reported already, reads as not given.
 *
 * @param pointer JSON pointer
 * @param path the same for people
 */
record Setting(Document document, String pointer, String path, JsonNode node) {

  /** A setting of a file that could not be read: nothing is given in it. */
  static Setting nothing(String file) {
    return new Document(file, MissingNode.getInstance(), java.util.Map.of(), java.util.Map.of())
        .setting();
  }

  Setting at(String key) {
    return new Setting(document, pointer(pointer, key), path(path, key), node.path(key));
  }

  static String path(String owner, String key) {
    return owner.isEmpty() ? Shown.key(key) : owner + "." + Shown.key(key);
  }

  static String pointer(String owner, String key) {
    return owner + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  /** Members of a list. */
  List<Setting> items() {
    List<Setting> items = new ArrayList<>();
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      items.add(new Setting(document, pointer + "/" + i, path + "[" + i + "]", node.get(i)));
    }
    return items;
  }

  /** Keys of a mapping. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Members of a mapping. */
  List<Setting> members() {
    return keys().stream().map(this::at).toList();
  }

  /** The key of a mapping's member. */
  String key() {
    return pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  boolean given() {
    return !node.isMissingNode() && !node.isNull();
  }

  Optional<String> text() {
    return Optional.ofNullable(node.textValue());
  }

  boolean is(String text) {
    return text.equals(node.textValue());
  }

  boolean isTrue() {
    return node.isBoolean() && node.booleanValue();
  }

  Optional<Double> number() {
    return node.isNumber() ? Optional.of(node.doubleValue()) : Optional.empty();
  }

  Problem problem(String sentence) {
    Position at = document.position(pointer);
    return new Problem(document.file(), at.line(), at.column(), path, sentence);
  }

  /** This setting, its problems placed at its key. */
  Setting byKey() {
    return new Setting(
        new Document(
            document.file(),
            document.root(),
            java.util.Map.of(pointer, document.keyPosition(pointer)),
            document.keys()),
        pointer,
        path,
        node);
  }
}
