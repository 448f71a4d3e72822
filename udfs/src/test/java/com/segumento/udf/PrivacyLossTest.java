package com.segumento.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PrivacyLossTest {
  private static final BigDecimal DELTA = new BigDecimal("1e-9");

  @Test
  void noiseGrowsWithTheBoundAndWithTheFigures() {
    Calibration laplace = Calibration.laplace(new BigDecimal("0.5"), 6);
    assertThat(laplace.noise(BigDecimal.ONE, BigDecimal.ONE).describe())
        .isEqualTo("discrete Laplace, scale 12");
    assertThat(laplace.noise(new BigDecimal("50000"), new BigDecimal("0.01")).describe())
        .isEqualTo("discrete Laplace, scale 60000000");
    assertThat(laplace.cost()).isEqualByComparingTo("0.083333333333333333");
    Calibration gaussian =
        new Calibration(Calibration.Mechanism.GAUSSIAN, new BigDecimal("0.125"), 6);
    assertThat(gaussian.noise(BigDecimal.valueOf(2), BigDecimal.ONE).describe())
        .isEqualTo("discrete Gaussian, variance 96");
    assertThatThrownBy(() -> Calibration.laplace(BigDecimal.ZERO, 1))
        .hasMessage("A privacy loss is above 0, of one figure or more.");
  }

  /** The definition of differential privacy, number by number. */
  @Property(tries = 100)
  void onePersonChangesNoChanceByMoreThanEpsilon(
      @ForAll @IntRange(min = 1, max = 40) int tenths,
      @ForAll @IntRange(min = 1, max = 5) int bound,
      @ForAll @IntRange(min = 1, max = 9) int parts) {
    Calibration calibration =
        Calibration.laplace(BigDecimal.valueOf(tenths).movePointLeft(1), parts);
    DiscreteLaplace noise =
        (DiscreteLaplace) calibration.noise(BigDecimal.valueOf(bound), BigDecimal.ONE);
    double scale =
        noise.scale().numerator().doubleValue() / noise.scale().denominator().doubleValue();
    for (int n = -20; n <= 20; n++) {
      double logRatio = (Math.abs(n + bound) - Math.abs(n)) / scale;
      assertThat(Math.abs(logRatio) * parts).isLessThanOrEqualTo(tenths / 10.0 + 1e-9);
    }
  }

  /** Delta of discrete Gaussian noise, added up number by number (Canonne et al., theorem 7). */
  @Property(tries = 50)
  void gaussianNoiseKeepsEpsilonAndDelta(@ForAll @IntRange(min = 2, max = 30) int tenths) {
    BigDecimal epsilon = BigDecimal.valueOf(tenths).movePointLeft(1);
    BigDecimal delta = new BigDecimal("0.00001");
    DiscreteGaussian noise =
        (DiscreteGaussian)
            Calibration.gaussian(epsilon, delta, 1).noise(BigDecimal.ONE, BigDecimal.ONE);
    double variance =
        noise.variance().numerator().doubleValue() / noise.variance().denominator().doubleValue();
    double all = 0;
    double excess = 0;
    for (int n = -3000; n <= 3000; n++) {
      double here = Math.exp(-n * n / (2 * variance));
      double there = Math.exp(-(n - 1.0) * (n - 1.0) / (2 * variance));
      all += here;
      excess += Math.max(0, here - Math.exp(epsilon.doubleValue()) * there);
    }
    assertThat(excess / all).isLessThanOrEqualTo(delta.doubleValue());
  }

  @Test
  void lossesAddUp() {
    PrivacyLoss pure =
        PrivacyLoss.of(Calibration.Mechanism.LAPLACE, new BigDecimal("0.083333333333333333"));
    PrivacyLoss sum = PrivacyLoss.NONE;
    for (int i = 0; i < 60; i++) {
      sum = sum.plus(pure);
    }
    assertThat(sum.epsilonAt(Optional.empty())).isEqualByComparingTo("5");

    BigDecimal rho = Calibration.gaussian(BigDecimal.ONE, DELTA, 4).cost();
    PrivacyLoss once =
        PrivacyLoss.of(Calibration.Mechanism.GAUSSIAN, rho.multiply(BigDecimal.valueOf(4)));
    assertThat(once.epsilonAt(Optional.of(DELTA))).isEqualByComparingTo("1");
    double nine = once.rho().doubleValue() * 9;
    assertThat(
            new PrivacyLoss(BigDecimal.TEN, BigDecimal.valueOf(nine))
                .epsilonAt(Optional.of(DELTA))
                .doubleValue())
        .as("grows with the root, beside the pure loss")
        .isCloseTo(10 + nine + 2 * Math.sqrt(nine * 9 * Math.log(10)), within(1e-8))
        .isLessThan(10 + 4);
  }
}
