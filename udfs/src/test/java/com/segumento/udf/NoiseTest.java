package com.segumento.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples of fixed seeds against the probabilities the distributions are defined by. */
class NoiseTest {
  private static final int SAMPLES = 20_000;
  private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @CsvSource({"1, 3", "1, 1", "5, 2", "7, 1", "40, 1"})
  void laplaceNoiseIsDistributedAsItSays(long numerator, long denominator) {
    double scale = (double) numerator / denominator;
    double q = Math.exp(-1 / scale);
    assertFits(
        new DiscreteLaplace(ratio(numerator, denominator)),
        (int) Math.ceil(4 * scale),
        n -> (1 - q) / (1 + q) * Math.pow(q, Math.abs(n)));
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "1, 1", "7, 2", "100, 1", "2500, 3"})
  void gaussianNoiseIsDistributedAsItSays(long numerator, long denominator) {
    double variance = (double) numerator / denominator;
    double all = 0;
    for (int n = -2000; n <= 2000; n++) {
      all += Math.exp(-n * n / (2 * variance));
    }
    double whole = all;
    assertFits(
        new DiscreteGaussian(ratio(numerator, denominator)),
        (int) Math.ceil(3 * Math.sqrt(variance)),
        n -> Math.exp(-n * n / (2 * variance)) / whole);
  }

  /** Of noise drawn as it is for figures: each with a message of its own. */
  @Test
  void figuresOfOtherSetsHaveIndependentNoise() {
    Noise noise = new DiscreteLaplace(ratio(2, 1));
    double q = Math.exp(-0.5);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < SAMPLES; i++) {
      BigDecimal noisy =
          NoisyFigure.of(SECRET, noise, BigDecimal.ONE, "figure", "" + i, BigDecimal.TEN);
      counts.merge(noisy.intValueExact() - 10, 1, Integer::sum);
    }
    assertFits(counts, 8, n -> (1 - q) / (1 + q) * Math.pow(q, Math.abs(n)));
  }

  @Test
  void theNoiseOfAFigureIsAFunctionOfSecretFigureAndSet() {
    Noise noise = new DiscreteLaplace(ratio(1_000_000_000_000L, 1));
    BigDecimal cent = new BigDecimal("0.01");
    BigDecimal figure = new BigDecimal("12.30");
    BigDecimal noisy = NoisyFigure.of(SECRET, noise, cent, "figure", "set", figure);
    assertThat(NoisyFigure.of(SECRET, noise, cent, "figure", "set", figure)).isEqualTo(noisy);
    assertThat(noisy.scale()).isEqualTo(2);
    assertThat(NoisyFigure.of(SECRET, noise, cent, "figure", "set", figure.add(cent)))
        .as("the noise does not depend on the figure")
        .isEqualTo(noisy.add(cent));
    assertThat(NoisyFigure.of(SECRET, noise, cent, "figure", "set2", figure)).isNotEqualTo(noisy);
    assertThat(NoisyFigure.of(SECRET, noise, cent, "figures", "et", figure)).isNotEqualTo(noisy);
    assertThat(NoisyFigure.of(SECRET, noise, cent, "figures", "set", figure)).isNotEqualTo(noisy);
    byte[] other = NoisyFigure.secret(SECRET);
    assertThat(NoisyFigure.of(other, noise, cent, "figure", "set", figure)).isNotEqualTo(noisy);
    assertThat(new NoisyFigure(null, noise, cent)).hasToString("noisy_figure");
    assertThat(new NoisyFigure(null, noise, cent).call("figure", "set", null)).isNull();
  }

  /** The client adds up what it is told of one set of 120 persons in 30 releases. */
  @Test
  void averagingThirtyReleasesTellsNoMoreThanOne() {
    Noise noise = new DiscreteLaplace(ratio(20, 1));
    BigDecimal truth = BigDecimal.valueOf(120);
    double fresh = 0;
    double one = 0;
    double sticky = 0;
    int clients = 200;
    for (int client = 0; client < clients; client++) {
      double freshSum = 0;
      double stickySum = 0;
      for (int night = 0; night < 30; night++) {
        String set = "set " + client;
        String tonight = set + " on night " + night;
        freshSum +=
            NoisyFigure.of(SECRET, noise, BigDecimal.ONE, "f", tonight, truth).doubleValue();
        stickySum += NoisyFigure.of(SECRET, noise, BigDecimal.ONE, "f", set, truth).doubleValue();
        one += night > 0 ? 0 : Math.abs(stickySum - 120);
      }
      fresh += Math.abs(freshSum / 30 - 120);
      sticky += Math.abs(stickySum / 30 - 120);
    }
    assertThat(fresh / clients).as("without the defence: near the truth").isLessThan(6);
    assertThat(sticky).as("with it: as far as one release").isCloseTo(one, within(1e-6));
    assertThat(sticky / clients).isGreaterThan(15);
  }

  @Test
  void eventsHaveExponentialChances() {
    for (Ratio x : new Ratio[] {ratio(0, 1), ratio(1, 7), ratio(1, 1), ratio(7, 3)}) {
      RandomBits bits = bits("chances of " + x);
      int happened = 0;
      for (int i = 0; i < SAMPLES; i++) {
        happened += Exponential.happens(x, bits) ? 1 : 0;
      }
      double expected = Math.exp(-x.numerator().doubleValue() / x.denominator().doubleValue());
      // Four standard deviations.
      assertThat(happened / (double) SAMPLES)
          .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / SAMPLES) + 1e-12));
    }
  }

  @Property(tries = 200)
  void numbersBelowABoundAreBelowIt(@ForAll @LongRange(min = 1) long bound, @ForAll String seed) {
    BigInteger below = bits(seed).below(BigInteger.valueOf(bound));
    assertThat(below).isBetween(BigInteger.ZERO, BigInteger.valueOf(bound - 1));
    assertThat(bits(seed).below(BigInteger.valueOf(bound))).isEqualTo(below);
  }

  @Property(tries = 200)
  void ratiosAreExact(
      @ForAll @IntRange(max = 10_000) int a,
      @ForAll @IntRange(min = 1, max = 10_000) int b,
      @ForAll @IntRange(min = 1, max = 10_000) int c) {
    Ratio ratio = ratio(a, b);
    assertThat(ratio.times(ratio(b, 1))).isEqualTo(ratio(a, 1));
    assertThat(ratio.over(ratio(c, b)).times(ratio(c, b))).isEqualTo(ratio);
    assertThat(ratio.floor()).isEqualTo(BigInteger.valueOf(a / b));
    assertThat(ratio.apartFrom(ratio(c, b)))
        .isEqualTo(ratio(c, b).apartFrom(ratio))
        .isEqualTo(ratio(Math.abs(a - c), b));
    BigDecimal decimal = new BigDecimal(BigInteger.valueOf(a), b % 7 - 3);
    assertThat(
            Ratio.of(decimal).numerator().doubleValue()
                / Ratio.of(decimal).denominator().doubleValue())
        .isCloseTo(decimal.doubleValue(), within(1e-9 * decimal.doubleValue()));
  }

  @Test
  void noiseOfNoSizeIsRefused() {
    assertThatThrownBy(() -> new DiscreteLaplace(ratio(0, 1)))
        .hasMessage("The scale of noise is above 0.");
    assertThatThrownBy(() -> new DiscreteGaussian(ratio(0, 1)))
        .hasMessage("The variance of noise is above 0.");
    assertThatThrownBy(() -> ratio(-1, 2)).hasMessage("A ratio is not negative.");
    assertThat(new DiscreteLaplace(ratio(6, 4)).describe())
        .isEqualTo("discrete Laplace, scale 3/2");
    assertThat(new DiscreteGaussian(ratio(6, 3)).describe())
        .isEqualTo("discrete Gaussian, variance 2");
  }

  private static void assertFits(Noise noise, int most, IntToDoubleFunction probability) {
    RandomBits bits = bits(noise.describe());
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < SAMPLES; i++) {
      counts.merge(noise.sample(bits).intValueExact(), 1, Integer::sum);
    }
    assertFits(counts, most, probability);
  }

  /** Pearson's chi-square, a class each number from -most to most, and one for those beyond. */
  private static void assertFits(
      Map<Integer, Integer> counts, int most, IntToDoubleFunction probability) {
    double chiSquare = 0;
    double within = 0;
    int found = 0;
    for (int n = -most; n <= most; n++) {
      double expected = SAMPLES * probability.applyAsDouble(n);
      int count = counts.getOrDefault(n, 0);
      chiSquare += (count - expected) * (count - expected) / expected;
      within += expected;
      found += count;
    }
    double beyond = SAMPLES - within;
    chiSquare += (SAMPLES - found - beyond) * (SAMPLES - found - beyond) / beyond;
    int freedom = 2 * most + 1;
    // Wilson and Hilferty's approximation of the 99.9 % quantile.
    double spread = 2.0 / (9 * freedom);
    double quantile = freedom * Math.pow(1 - spread + 3.09 * Math.sqrt(spread), 3);
    assertThat(chiSquare).isLessThan(quantile);
  }

  private static RandomBits bits(String seed) {
    return new RandomBits(SECRET, seed.getBytes(StandardCharsets.UTF_8));
  }

  private static Ratio ratio(long numerator, long denominator) {
    return new Ratio(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }
}
