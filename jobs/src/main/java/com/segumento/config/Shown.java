package com.segumento.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/** How values are shown in messages: on one line, short, and never what may be a secret. */
final class Shown {
  private static final int LONGEST = 60;

  /** A long run of the letters keys are written in, or credentials inside a URI. */
  private static final Pattern SECRET =
      Pattern.compile("[A-Za-z0-9+/=_-]{24,}|://[^/]*@|-----BEGIN|[^.]\\beyJ");

  private static final Pattern LETTER = Pattern.compile("[A-Za-z]");
  private static final Pattern DIGIT = Pattern.compile("[0-9]");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

  private Shown() {}

  static String value(JsonNode node) {
    if (node.isArray()) {
      return "a list";
    }
    if (node.isObject()) {
      return "a mapping";
    }
    if (node.isNull() || node.isMissingNode()) {
      return "no value";
    }
    return node.isTextual() ? text(node.textValue()) : shorten(node.asText());
  }

  /** A text in quotes. */
  static String text(String text) {
    return secret(text)
        ? "a text of " + text.length() + " characters that may be a secret"
        : quote(text);
  }

  /** A key of a path; in quotes where it is not a plain word. */
  static String key(String key) {
    if (secret(key)) {
      return "(key of " + key.length() + " characters)";
    }
    return PLAIN.matcher(key).matches() ? key : quote(key);
  }

  private static boolean secret(String text) {
    return SECRET.matcher(text).find()
        && (text.contains("@")
            || text.contains("-----BEGIN")
            || (LETTER.matcher(text).find() && DIGIT.matcher(text).find()));
  }

  private static String quote(String text) {
    String quoted = TextNode.valueOf(shorten(text)).toString();
    StringBuilder visible = new StringBuilder();
    quoted
        .codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point)
                  || Character.getType(point) == Character.FORMAT
                  || Character.getType(point) == Character.SURROGATE
                  || Character.getType(point) == Character.LINE_SEPARATOR
                  || Character.getType(point) == Character.PARAGRAPH_SEPARATOR) {
                visible.append(String.format("\\u%04x", point));
              } else {
                visible.appendCodePoint(point);
              }
            });
    return visible.toString();
  }

  private static String shorten(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
