package com.segumento.segment;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The nearest known name of a misspelt one. */
final class DidYouMean {
  private DidYouMean() {}

  /** {@code " Did you mean x?"}, or nothing where no name is near. */
  static String hint(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int farthest = Math.max(2, wanted.length() / 3);
    return known.stream()
        .filter(other -> distance(wanted, other.toLowerCase(Locale.ROOT)) <= farthest)
        .min(
            Comparator.comparingInt(
                    (String other) -> distance(wanted, other.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .map(other -> " Did you mean " + other + "?")
        .orElse("");
  }

  // Levenshtein.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
