package com.segumento.udf;

import java.math.BigInteger;

/**
 * The discrete Gaussian distribution: n has a probability in proportion to exp(-n² / (2 variance)).
 * Where one person changes a figure by at most d, it is d² / (2 variance) zero-concentrated
 * differentially private.
 *
 * @param variance the parameter, above 0; the distribution's own is a little below it
 */
public record DiscreteGaussian(Ratio variance) implements Noise {
  private static final long serialVersionUID = 1L;

  public DiscreteGaussian {
    if (variance.isZero()) {
      throw new IllegalArgumentException("The variance of noise is above 0.");
    }
  }

  /** Algorithm 3 of Canonne, Kamath and Steinke: it keeps some of discrete Laplace noise. */
  @Override
  public BigInteger sample(RandomBits bits) {
    BigInteger t = variance.floor().sqrt().add(BigInteger.ONE);
    DiscreteLaplace wide = new DiscreteLaplace(new Ratio(t, BigInteger.ONE));
    Ratio middle = variance.over(new Ratio(t, BigInteger.ONE));
    while (true) {
      BigInteger candidate = wide.sample(bits);
      Ratio off = new Ratio(candidate.abs(), BigInteger.ONE).apartFrom(middle);
      if (Exponential.happens(off.times(off).over(variance.times(Ratio.of(2))), bits)) {
        return candidate;
      }
    }
  }

  @Override
  public String describe() {
    return "discrete Gaussian, variance " + variance;
  }
}
