package com.segumento.udf;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.api.java.UDF3;

/**
 * A figure with noise that is a function of a secret, of what the figure is of, and of who stands
 * behind it: published as often as one likes, the same persons' figure is the same, and there is
 * nothing to average. Null for null.
 *
 * <p>Arguments: the figure's identity, the digest of the persons behind it ({@link SetDigest}), and
 * the figure itself, a multiple of {@code unit}. The secret travels as a broadcast, never as a
 * literal, so that it is in no plan, log or event log.
 */
public final class NoisyFigure implements UDF3<String, String, BigDecimal, BigDecimal> {
  private static final long serialVersionUID = 1L;
  private static final String PURPOSE = "segumento noise 1";

  private final Broadcast<byte[]> secret;
  private final Noise noise;
  private final BigDecimal unit;

  /**
   * Noise in multiples of {@code unit}.
   *
   * @param secret {@link #secret} of the client
   */
  public NoisyFigure(Broadcast<byte[]> secret, Noise noise, BigDecimal unit) {
    this.secret = secret;
    this.noise = noise;
    this.unit = unit;
  }

  /** A client's secret for noise, of the one that keys its persons: neither tells the other. */
  public static byte[] secret(byte[] personSecret) {
    return PersonKey.of(personSecret, PURPOSE);
  }

  @Override
  public BigDecimal call(String identity, String digest, BigDecimal figure) {
    return identity == null || digest == null || figure == null
        ? null
        : of(secret.value(), noise, unit, identity, digest, figure);
  }

  /** The figure with noise in multiples of {@code unit}; see {@link #call}. */
  public static BigDecimal of(
      byte[] secret,
      Noise noise,
      BigDecimal unit,
      String identity,
      String digest,
      BigDecimal figure) {
    // The length in front: no two pairs of texts are one message.
    String message = identity.length() + ":" + identity + digest + noise.describe();
    RandomBits bits = new RandomBits(secret, message.getBytes(StandardCharsets.UTF_8));
    return figure.add(new BigDecimal(noise.sample(bits)).multiply(unit));
  }

  @Override
  public String toString() {
    return "noisy_figure";
  }
}
