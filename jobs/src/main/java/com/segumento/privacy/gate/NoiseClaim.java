package com.segumento.privacy.gate;

import com.segumento.config.DifferentialPrivacy;
import com.segumento.udf.Calibration;
import com.segumento.udf.Noise;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DecimalType;

/**
 * The noise an export claims to put on its figures.
 *
 * @param calibration what a figure's noise costs
 * @param figures by what they are remembered as
 */
record NoiseClaim(Calibration calibration, Map<String, OfFigure> figures) {

  /**
   * The noise of a figure.
   *
   * @param unit what the figure is a multiple of
   */
  record OfFigure(Noise noise, BigDecimal unit) {}

  NoiseClaim {
    figures = Map.copyOf(figures);
  }

  /** Of an export that has noise; a person is in one cell a segment, once a figure. */
  static NoiseClaim of(Standing standing) {
    Claim claim = standing.claim();
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < claim.figures().size(); i++) {
      kinds.add(standing.figure(i));
    }
    DifferentialPrivacy said = standing.shape().export().privacy().dp();
    int parts = claim.segments().size() * kinds.size();
    BigDecimal epsilon = new BigDecimal(said.epsilon().toString());
    Calibration calibration =
        said.mechanism() == DifferentialPrivacy.Mechanism.GAUSSIAN
            ? Calibration.gaussian(epsilon, new BigDecimal(said.delta().toString()), parts)
            : Calibration.laplace(epsilon, parts);
    Map<String, OfFigure> figures = new LinkedHashMap<>();
    for (int i = 0; i < claim.figures().size(); i++) {
      figures.put(standing.figure(i), of(claim.figures().get(i), calibration));
    }
    return new NoiseClaim(calibration, figures);
  }

  private static OfFigure of(Claim.Figure figure, Calibration calibration) {
    if (figure.source().isEmpty()) {
      return new OfFigure(calibration.noise(BigDecimal.ONE, BigDecimal.ONE), BigDecimal.ONE);
    }
    BigDecimal unit = new BigDecimal("1e-" + ((DecimalType) figure.field().type()).scale());
    double most = figure.clamp().stream().mapToDouble(Math::abs).max().orElseThrow();
    return new OfFigure(calibration.noise(BigDecimal.valueOf(most), unit), unit);
  }
}
