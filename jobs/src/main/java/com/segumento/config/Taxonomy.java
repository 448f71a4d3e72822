package com.segumento.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a segment belongs among those of others.
 *
 * @param iab id of the IAB Audience Taxonomy, where it is one of that
 * @param path of any other, from the widest
 */
public record Taxonomy(Optional<String> iab, List<String> path) {
  /** How a setting of a taxonomy reads. */
  static final String SAYS =
      "iab: and the number of an IAB Audience Taxonomy segment as in iab:243, or a path as in"
          + " Retail | Shoppers";

  private static final String IAB = "iab:";
  private static final Pattern ID = Pattern.compile("iab:([1-9][0-9]{0,5})");
  private static final Pattern BETWEEN = Pattern.compile("\\|");

  public Taxonomy {
    path = List.copyOf(path);
  }

  /** Whether a text names a place; only what begins like an id of the IAB can fail to. */
  static boolean isWellFormed(String text) {
    if (text.strip().toLowerCase(Locale.ROOT).startsWith(IAB)) {
      return ID.matcher(text).matches();
    }
    return Stream.of(BETWEEN.split(text, -1)).noneMatch(String::isBlank);
  }

  /** The place a checked text names. */
  public static Taxonomy of(String text) {
    Matcher id = ID.matcher(text);
    return id.matches()
        ? new Taxonomy(Optional.of(id.group(1)), List.of())
        : new Taxonomy(
            Optional.empty(), Stream.of(BETWEEN.split(text, -1)).map(String::strip).toList());
  }
}
