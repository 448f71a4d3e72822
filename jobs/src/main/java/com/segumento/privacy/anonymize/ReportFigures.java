package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.privacy.lattice.Quality;
import com.segumento.privacy.lattice.Solution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Makes the report of what was found. */
record ReportFigures(
    AnonymizeSpec spec,
    InputTable table,
    Combinations.Summary totals,
    Planner.Found found,
    RiskFigures risk) {
  private static final double MILLIS = 1e3;

  AnonymizeReport report(double searchSeconds, double totalSeconds) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("rows", totals.rows());
    figures.put("persons", totals.persons());
    figures.put("k", spec.privacy().k());
    figures.put("suppression_limit", spec.privacy().suppressionLimit());
    figures.put("metric", spec.utility().metric().name().toLowerCase(Locale.ROOT));
    solution(figures);
    figures.put("search_ms", Math.round(searchSeconds * MILLIS));
    figures.put("total_ms", Math.round(totalSeconds * MILLIS));
    figures.put("dropped_columns", table.dropped());
    if (found.start().bottom()) {
      figures.put("utility", utility(found.quality()));
    }
    figures.put("risk", risk.figures());
    return new AnonymizeReport(figures, Breakdowns.of(found, risk));
  }

  private void solution(Map<String, Object> figures) {
    Solution solution = found.plan().solution();
    Map<String, Object> levels = new LinkedHashMap<>();
    for (int d = 0; d < found.plan().quasi().size(); d++) {
      levels.put(found.plan().quasi().get(d).attribute(), found.plan().level(d));
    }
    figures.put("levels", levels);
    figures.put("optimal", solution.optimal());
    figures.put("information_loss", solution.loss()[0]);
    if (!solution.optimal()) {
      double least = solution.leastPossible().length == 0 ? 0 : solution.leastPossible()[0];
      figures.put("least_possible_loss", Math.min(least, solution.loss()[0]));
    }
    figures.put("suppressed", solution.suppressed());
    figures.put("classes", risk.classes());
    figures.put("min_class", risk.smallest());
    figures.put("max_class", risk.largest());
    figures.put("avg_class", risk.classes() == 0 ? 0.0 : risk.persons() / (double) risk.classes());
    figures.put("lattice_size", found.latticeSize());
    figures.put("nodes_checked", solution.checked());
  }

  private static Map<String, Object> utility(Quality quality) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("granularity", quality.granularity());
    figures.put("generalization_intensity", quality.intensity());
    figures.put("non_uniform_entropy", quality.nonUniformEntropy());
    put(figures, "squared_error", quality.squaredError());
    figures.put("discernibility", quality.discernibility());
    figures.put("average_class_size", quality.averageClassSize());
    figures.put("ambiguity", quality.ambiguity());
    List<Map<String, Object>> attributes = new ArrayList<>();
    for (Quality.OfAttribute one : quality.attributes()) {
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("attribute", one.attribute());
      of.put("level", one.level());
      of.put("values_before", one.valuesBefore());
      of.put("values_after", one.labelsAfter());
      of.put("granularity", one.granularity());
      of.put("generalization_intensity", one.intensity());
      of.put("non_uniform_entropy", one.nonUniformEntropy());
      put(of, "squared_error", one.squaredError());
      attributes.add(of);
    }
    figures.put("attributes", attributes);
    return figures;
  }

  private static void put(Map<String, Object> figures, String name, OptionalDouble value) {
    value.ifPresent(number -> figures.put(name, number));
  }
}
