package com.segumento.privacy.anonymize;

import java.util.Map;
import java.util.TreeMap;

/** How a csv file is written: what the options say, and else what most programs do. */
final class CsvDialect {
  private static final String QUOTE = "quote";
  private static final String ESCAPE = "escape";

  private CsvDialect() {}

  /**
   * The options of Spark's reader or writer. A quote inside of quotes is doubled where they do not
   * say otherwise, while Spark's own files have a backslash before it.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
   */
  static Map<String, String> of(Map<String, String> given) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(given);
    String quote = options.getOrDefault(QUOTE, "\"");
    if (quote.length() == 1) { // else there are no quotes
      options.putIfAbsent(ESCAPE, quote);
    }
    return options;
  }
}
