package com.segumento.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.segumento.udf.PersonKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a search for persons looks for: the beginnings of tokens and person keys, long enough to be
 * met by nothing else and short enough to be found where a statistic cuts values short.
 */
public final class Needles {
  private static final int EACH = 8;
  private static final int BYTES = 8;
  private static final int DIGITS = 16;

  private Needles() {}

  /** Beginnings of the smallest and the largest tokens, which statistics would keep. */
  public static List<String> ofTokens(List<String> tokens) {
    return ends(tokens.stream().sorted().toList())
        .map(token -> token.substring(0, DIGITS))
        .flatMap(start -> Stream.of(start, start.toUpperCase(Locale.ROOT)))
        .toList();
  }

  /** Beginnings of the smallest and the largest person keys as bytes, digits, base64 and lists. */
  public static List<String> ofKeys(byte[] secret, List<String> tokens) {
    List<String> needles = new ArrayList<>();
    ends(tokens.stream()
            .map(token -> PersonKey.of(secret, token))
            .sorted(Comparator.comparing(HexFormat.of()::formatHex))
            .toList())
        .map(key -> Arrays.copyOf(key, BYTES))
        .forEach(
            start -> {
              needles.add(new String(start, ISO_8859_1));
              needles.add(HexFormat.of().formatHex(start));
              needles.add(HexFormat.of().withUpperCase().formatHex(start));
              needles.add(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(start));
              needles.add(Base64.getEncoder().encodeToString(start).substring(0, BYTES + 2));
              needles.add(
                  IntStream.range(0, BYTES)
                      .mapToObj(i -> Byte.toString(start[i]))
                      .collect(Collectors.joining(", ")));
            });
    return needles;
  }

  private static <T> Stream<T> ends(List<T> sorted) {
    int most = Math.min(EACH, sorted.size());
    return Stream.concat(
        sorted.subList(0, most).stream(),
        sorted.subList(sorted.size() - most, sorted.size()).stream());
  }
}
