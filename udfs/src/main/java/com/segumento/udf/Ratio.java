package com.segumento.udf;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact number that is not negative, in lowest terms.
 *
 * @param denominator above 0
 */
public record Ratio(BigInteger numerator, BigInteger denominator) implements Serializable {
  /** 1. */
  public static final Ratio ONE = of(1);

  public Ratio {
    if (numerator.signum() < 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException("A ratio is not negative.");
    }
    BigInteger common = numerator.gcd(denominator);
    numerator = numerator.divide(common);
    denominator = denominator.divide(common);
  }

  /** A whole number. */
  public static Ratio of(long number) {
    return new Ratio(BigInteger.valueOf(number), BigInteger.ONE);
  }

  /** What the digits of {@code number} say, no more and no less. */
  public static Ratio of(BigDecimal number) {
    return number.scale() > 0
        ? new Ratio(number.unscaledValue(), BigInteger.TEN.pow(number.scale()))
        : new Ratio(number.toBigIntegerExact(), BigInteger.ONE);
  }

  /** The product. */
  public Ratio times(Ratio other) {
    return new Ratio(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /** The quotient; {@code other} is not 0. */
  public Ratio over(Ratio other) {
    return new Ratio(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  /** How far the two are apart. */
  Ratio apartFrom(Ratio other) {
    BigInteger mine = numerator.multiply(other.denominator);
    BigInteger others = other.numerator.multiply(denominator);
    return new Ratio(mine.subtract(others).abs(), denominator.multiply(other.denominator));
  }

  /** The largest whole number that is not above it. */
  BigInteger floor() {
    return numerator.divide(denominator);
  }

  boolean isZero() {
    return numerator.signum() == 0;
  }

  /** {@code 7/2}, or {@code 7} for a whole number. */
  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE) ? "" + numerator : numerator + "/" + denominator;
  }
}
