package com.segumento.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expressions and windows in words. */
final class PlainWords {
  // What is quoted stays as it is; comments go.
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|--[^\\n]*"
              + "|(?i:not\\s+)?(?i:in_segment)\\s*\\(\\s*['\"]([a-z0-9_]+)['\"]\\s*\\)"
              + "|<=>|>=|<=|<>|!=|==|=|>|<|\\s+");
  private static final Pattern DAYS = Pattern.compile("([0-9]+)([dhm])");
  private static final Pattern ENDING = Pattern.compile("([0-9]+)d ending ([0-9]+)d ago");

  private PlainWords() {}

  /** A boolean expression. */
  static String condition(String expression) {
    String text = expression.strip();
    Matcher token = TOKEN.matcher(text);
    StringBuilder words = new StringBuilder();
    int from = 0;
    while (token.find()) {
      words.append(text, from, token.start());
      append(words, word(token));
      from = token.end();
    }
    return words.append(text, from, text.length()).toString().strip();
  }

  private static void append(StringBuilder words, String word) {
    boolean spaced = !words.isEmpty() && words.charAt(words.length() - 1) == ' ';
    words.append(spaced && word.startsWith(" ") ? word.substring(1) : word);
  }

  private static String word(Matcher token) {
    String text = token.group();
    if (token.group(1) != null) {
      boolean not = text.regionMatches(true, 0, "not", 0, 3);
      return (not ? "not in segment " : "in segment ") + token.group(1);
    }
    return switch (text) {
      case ">=" -> " is at least ";
      case "<=" -> " is at most ";
      case ">" -> " is more than ";
      case "<" -> " is less than ";
      case "=", "==", "<=>" -> " is ";
      case "<>", "!=" -> " is not ";
      default -> text.isBlank() || text.startsWith("--") ? " " : text;
    };
  }

  /** Events that count. */
  static String events(String from, String where) {
    return from + (where == null ? "" : " where " + condition(where));
  }

  /** Days that count, to be put after the events. */
  static String window(String window) {
    if (window == null) {
      return "as far back as events are kept";
    }
    Matcher ending = ENDING.matcher(window);
    if (ending.matches()) {
      return "in the " + days(ending.group(1)) + " that ended " + days(ending.group(2)) + " ago";
    }
    return window.endsWith("d")
        ? "in the last " + span(window)
        : window.startsWith("since ") ? window : "in " + window;
  }

  /** {@code 7d} as seven days. */
  static String span(String text) {
    Matcher span = DAYS.matcher(text);
    if (!span.matches()) {
      return text;
    }
    return switch (span.group(2)) {
      case "h" -> count(span.group(1), "hour");
      case "m" -> count(span.group(1), "minute");
      default -> days(span.group(1));
    };
  }

  static String count(String number, String what) {
    return number + " " + what + (number.equals("1") ? "" : "s");
  }

  /** Names with commas and a word before the last. */
  static String list(List<String> names, String last) {
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1))
            + " "
            + last
            + " "
            + names.get(names.size() - 1);
  }

  private static String days(String number) {
    return count(number, "day");
  }
}
