package com.segumento.privacy;

import com.segumento.config.DifferentialPrivacy;
import com.segumento.config.Export;
import com.segumento.config.Segments;
import com.segumento.model.ReleaseMemory;
import com.segumento.udf.Calibration;
import com.segumento.udf.Noise;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * The noise of an export's figures. A person is in one cell of each segment, and changes a count by
 * at most 1 and a sum by at most its clamp's larger bound; all figures of all segments share the
 * privacy loss of a release alike.
 *
 * @param noise in multiples of {@code unit}
 */
public record FigureNoise(Noise noise, BigDecimal unit) {

  /** How loss and noise are divided among the figures of a release. */
  public static Calibration calibration(Export export, Segments segments) {
    DifferentialPrivacy asked = export.privacy().dp();
    long kinds = export.measures().stream().map(FigureNoise::figure).distinct().count();
    long of =
        export.segments() == null
            ? segments.segments().size()
            : export.segmentIds(segments).stream().distinct().count();
    int parts = Math.toIntExact(kinds * of);
    BigDecimal epsilon = BigDecimal.valueOf(asked.epsilon());
    return switch (asked.mechanism()) {
      case LAPLACE -> Calibration.laplace(epsilon, parts);
      case GAUSSIAN -> Calibration.gaussian(epsilon, BigDecimal.valueOf(asked.delta()), parts);
    };
  }

  /**
   * Noise by what a figure is remembered as.
   *
   * @param schema of the release
   */
  public static Map<String, FigureNoise> of(Export export, Segments segments, StructType schema) {
    Calibration calibration = calibration(export, segments);
    Map<String, FigureNoise> noise = new LinkedHashMap<>();
    for (Export.Measure measure : export.measures()) {
      BigDecimal unit = BigDecimal.ONE;
      BigDecimal bound = BigDecimal.ONE;
      if (measure.sum() != null) {
        DecimalType type = (DecimalType) schema.apply(measure.name()).dataType();
        unit = BigDecimal.ONE.movePointLeft(type.scale());
        BigDecimal low = BigDecimal.valueOf(measure.clamp().get(0)).abs();
        bound = low.max(BigDecimal.valueOf(measure.clamp().get(1)).abs());
      }
      noise.put(figure(measure), new FigureNoise(calibration.noise(bound, unit), unit));
    }
    return noise;
  }

  /** What a measure is remembered as. */
  public static String figure(Export.Measure measure) {
    return measure.sum() == null
        ? ReleaseMemory.PERSONS
        : ReleaseMemory.sum(measure.sum(), measure.clamp());
  }
}
