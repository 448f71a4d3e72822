package com.segumento.udf;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What has been told of one person, at most, by all noise that was drawn.
 *
 * @param epsilon of pure differential privacy; losses add up (basic composition)
 * @param rho of zero-concentrated differential privacy; losses add up
 * @see <a href="https://doi.org/10.1007/978-3-662-53641-4_24">Bun, Steinke: Concentrated
 *     Differential Privacy (2016)</a>
 */
public record PrivacyLoss(BigDecimal epsilon, BigDecimal rho) {
  /** Nothing. */
  public static final PrivacyLoss NONE = new PrivacyLoss(BigDecimal.ZERO, BigDecimal.ZERO);

  /** Digits after the point that losses are compared with. */
  private static final int COMPARED = 9;

  private static final double MARGIN = 1e-12;

  /** A loss by noise of this mechanism. */
  public static PrivacyLoss of(Calibration.Mechanism mechanism, BigDecimal loss) {
    return switch (mechanism) {
      case LAPLACE -> new PrivacyLoss(loss, BigDecimal.ZERO);
      case GAUSSIAN -> new PrivacyLoss(BigDecimal.ZERO, loss);
    };
  }

  /** Both losses. */
  public PrivacyLoss plus(PrivacyLoss other) {
    return new PrivacyLoss(epsilon.add(other.epsilon), rho.add(other.rho));
  }

  /** Whether there is no epsilon of it without a delta. */
  public boolean needsDelta() {
    return rho.signum() > 0;
  }

  /**
   * The epsilon of (epsilon, delta) differential privacy that it comes to, by proposition 1.3 of
   * Bun and Steinke: rho + 2 √(rho ln(1/delta)) more than the pure one.
   *
   * @param delta above 0; none only where it is not {@linkplain #needsDelta needed}
   */
  public BigDecimal epsilonAt(Optional<BigDecimal> delta) {
    if (!needsDelta()) {
      return epsilon.setScale(COMPARED, RoundingMode.HALF_UP);
    }
    double concentrated = rho.doubleValue();
    double log = -Math.log(delta.orElseThrow().doubleValue());
    double more = concentrated + 2 * Math.sqrt(concentrated * log);
    return epsilon.add(BigDecimal.valueOf(more)).setScale(COMPARED, RoundingMode.HALF_UP);
  }

  /** The largest rho that {@link #epsilonAt} makes no more than {@code epsilon} of. */
  static BigDecimal rho(BigDecimal epsilon, BigDecimal delta) {
    double log = -Math.log(delta.doubleValue());
    double root = epsilon.doubleValue() / (Math.sqrt(log + epsilon.doubleValue()) + Math.sqrt(log));
    // Floating point is off by less than the margin.
    return BigDecimal.valueOf(root * root * (1 - MARGIN))
        .setScale(Calibration.SCALE, RoundingMode.DOWN);
  }
}
