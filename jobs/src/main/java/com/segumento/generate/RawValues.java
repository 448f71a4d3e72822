package com.segumento.generate;

import com.segumento.udf.RawIdentifiers;
import com.segumento.udf.RawIdentifiers.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Raw identifiers of nobody, to be found in broken rows: of ranges set aside for tests and examples
 * where there are such, with valid check digits.
 */
final class RawValues {
  private static final int EACH = 10;

  private RawValues() {}

  /** Some values of each kind. */
  static List<List<String>> byKind() {
    return List.of(
        values("shopper%02d@example.com"),
        values("+91 99999 000%02d"),
        values("ABCPE00%02dF"),
        checked("9999 9999 00%d", Kind.AADHAAR),
        checked("4111 1111 1111 1%02d", Kind.CARD));
  }

  private static List<String> values(String form) {
    return IntStream.range(0, EACH).mapToObj(form::formatted).toList();
  }

  /** Completes numbers by the last digit with which they are of their kind. */
  private static List<String> checked(String form, Kind kind) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      for (int last = 0; last < 10; last++) {
        String value = form.formatted(i) + last;
        if (RawIdentifiers.in(value).contains(kind)) {
          values.add(value);
        }
      }
    }
    return List.copyOf(values);
  }
}
