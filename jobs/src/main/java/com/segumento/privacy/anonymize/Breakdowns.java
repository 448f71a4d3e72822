package com.segumento.privacy.anonymize;

import com.segumento.privacy.lattice.Quality;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of an anonymization as charts show them, labelled {@code category: part}. */
final class Breakdowns {
  private static final double PERCENT = 100;

  private Breakdowns() {}

  /**
   * {@code risk}, {@code class_sizes} and {@code levels}; {@code utility} and {@code values} where
   * the table as it was is known.
   */
  static Map<String, Map<String, Double>> of(Planner.Found found, RiskFigures risk) {
    Map<String, Map<String, Double>> breakdowns = new LinkedHashMap<>(risk.breakdowns());
    if (found.start().bottom()) {
      quality(found.quality(), breakdowns);
    }
    Map<String, Double> levels = new LinkedHashMap<>();
    for (int d = 0; d < found.plan().quasi().size(); d++) {
      String name = found.plan().quasi().get(d).attribute();
      int level = found.plan().level(d);
      levels.put(name + ": generalized", (double) level);
      levels.put(name + ": left", (double) found.plan().quasi().get(d).height() - level);
    }
    breakdowns.put("levels", levels);
    return breakdowns;
  }

  private static void quality(Quality quality, Map<String, Map<String, Double>> breakdowns) {
    Map<String, Double> utility = new LinkedHashMap<>();
    Map<String, Double> values = new LinkedHashMap<>();
    for (Quality.OfAttribute one : quality.attributes()) {
      utility.put(one.attribute() + ": granularity", PERCENT * one.granularity());
      utility.put(one.attribute() + ": intensity", PERCENT * one.intensity());
      utility.put(one.attribute() + ": entropy", PERCENT * one.nonUniformEntropy());
      one.squaredError()
          .ifPresent(e -> utility.put(one.attribute() + ": squared error", PERCENT * e));
      values.put(one.attribute() + ": before", (double) one.valuesBefore());
      values.put(one.attribute() + ": after", (double) one.labelsAfter());
    }
    breakdowns.put("utility", utility);
    breakdowns.put("values", values);
  }
}
