package com.segumento.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what was meant by a word that is not known. */
final class Suggestion {
  private static final int LONGEST = 100;

  private Suggestion() {}

  /** {@code Did you mean x?} and what there is, or only the latter. */
  static String among(String word, Collection<String> known) {
    if (known.size() == 1) {
      return " Expected " + choice(known) + ".";
    }
    String guess = nearest(word, known).map(near -> " Did you mean " + near + "?").orElse("");
    return guess + " Expected " + choice(known) + ".";
  }

  static String choice(Collection<String> known) {
    if (known.isEmpty()) {
      return "none, as none is declared";
    }
    return known.size() == 1
        ? known.iterator().next()
        : "one of " + String.join(", ", known.stream().limit(40).toList());
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
