package com.segumento.udf;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much noise a figure needs where several are published together, each of which has an equal
 * part of the privacy loss.
 *
 * @param whole loss of one person who is in one of each: epsilon of {@link Mechanism#LAPLACE}, rho
 *     of {@link Mechanism#GAUSSIAN}
 * @param parts among how many figures it is divided
 */
public record Calibration(Mechanism mechanism, BigDecimal whole, int parts) {
  /** Digits after the point that losses are written with. */
  public static final int SCALE = 18;

  /** Distributions of noise. */
  public enum Mechanism {
    /** Pure differential privacy; losses are epsilons. */
    LAPLACE,
    /** Zero-concentrated differential privacy; losses are rhos. */
    GAUSSIAN
  }

  public Calibration {
    if (whole.signum() <= 0 || parts < 1) {
      throw new IllegalArgumentException("A privacy loss is above 0, of one figure or more.");
    }
  }

  /** Discrete Laplace noise: {@code epsilon} differential privacy. */
  public static Calibration laplace(BigDecimal epsilon, int parts) {
    return new Calibration(Mechanism.LAPLACE, epsilon, parts);
  }

  /** Discrete Gaussian noise: ({@code epsilon}, {@code delta}) differential privacy. */
  public static Calibration gaussian(BigDecimal epsilon, BigDecimal delta, int parts) {
    return new Calibration(Mechanism.GAUSSIAN, PrivacyLoss.rho(epsilon, delta), parts);
  }

  /**
   * The noise of one figure, in units.
   *
   * @param bound the most that one person changes the figure by; a multiple of {@code unit}
   * @param unit what the figure is a multiple of
   */
  public Noise noise(BigDecimal bound, BigDecimal unit) {
    Ratio units = Ratio.of(bound).over(Ratio.of(unit));
    Ratio divided = Ratio.of(parts).over(Ratio.of(whole));
    return switch (mechanism) {
      case LAPLACE -> new DiscreteLaplace(units.times(divided));
      case GAUSSIAN -> new DiscreteGaussian(units.times(units).times(divided).over(Ratio.of(2)));
    };
  }

  /** What one figure costs a person who is in it: a part of the whole loss. */
  public BigDecimal cost() {
    return whole.divide(BigDecimal.valueOf(parts), SCALE, RoundingMode.HALF_UP);
  }
}
