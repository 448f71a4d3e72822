package com.segumento.privacy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.segumento.lake.Workspace;
import com.segumento.udf.Noise;
import com.segumento.udf.NoisyFigure;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Noise of figures of {@code gender@0} cells of segment a, worked out in plain Java. */
public final class NoiseOracle {
  private final byte[] secret;

  /** With the secret of a workspace's client. */
  public NoiseOracle(Workspace workspace) {
    secret = NoisyFigure.secret(workspace.secrets().secret("acme.person.key"));
  }

  /** A figure with its noise. */
  public BigDecimal noisy(
      Noise noise, String unit, String gender, String figure, String digest, String exact) {
    return NoisyFigure.of(
        secret,
        noise,
        new BigDecimal(unit),
        identity(gender, figure),
        digest,
        new BigDecimal(exact));
  }

  private static String identity(String gender, String figure) {
    String cell = JsonNodeFactory.instance.objectNode().put("gender@0", gender).toString();
    return JsonNodeFactory.instance
        .objectNode()
        .put("segment", "a")
        .put("cell", cell)
        .put("figure", figure)
        .toString();
  }

  /** The digest of a set of persons of {@link CellFixture} that have the same share. */
  public static String digest(List<Integer> persons, String share) {
    return digest(persons, person -> share);
  }

  /** The same of persons with a share each. */
  public static String digest(List<Integer> persons, IntFunction<String> share) {
    long[] words = new long[8];
    for (int person : persons) {
      String key = HexFormat.of().withUpperCase().formatHex(CellFixture.key(person));
      String text = key + ":" + share.apply(person);
      String hash = HexFormat.of().formatHex(sha256(text));
      for (int word = 0; word < words.length; word++) {
        words[word] += Long.parseLong(hash.substring(8 * word, 8 * word + 8), 16);
      }
    }
    return IntStream.range(0, words.length)
        .mapToObj(word -> Long.toString(words[word]))
        .collect(Collectors.joining("."));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
