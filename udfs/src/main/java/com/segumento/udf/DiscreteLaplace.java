package com.segumento.udf;

import java.math.BigInteger;

/**
 * The discrete Laplace distribution: n has a probability in proportion to exp(-|n| / scale). Where
 * one person changes a figure by at most d, it is d / scale differentially private.
 *
 * @param scale above 0
 */
public record DiscreteLaplace(Ratio scale) implements Noise {
  private static final long serialVersionUID = 1L;

  public DiscreteLaplace {
    if (scale.isZero()) {
      throw new IllegalArgumentException("The scale of noise is above 0.");
    }
  }

  /** Algorithm 2 of Canonne, Kamath and Steinke. */
  @Override
  public BigInteger sample(RandomBits bits) {
    BigInteger t = scale.numerator();
    while (true) {
      BigInteger rest = bits.below(t);
      if (!Exponential.happens(new Ratio(rest, t), bits)) {
        continue;
      }
      BigInteger whole = BigInteger.ZERO;
      while (Exponential.happens(Ratio.ONE, bits)) {
        whole = whole.add(BigInteger.ONE);
      }
      BigInteger size = rest.add(t.multiply(whole)).divide(scale.denominator());
      boolean negative = bits.happens(new Ratio(BigInteger.ONE, BigInteger.TWO));
      if (!negative || size.signum() > 0) { // else 0 would come twice as often
        return negative ? size.negate() : size;
      }
    }
  }

  @Override
  public String describe() {
    return "discrete Laplace, scale " + scale;
  }
}
