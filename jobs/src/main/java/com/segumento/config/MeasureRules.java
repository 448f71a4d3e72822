package com.segumento.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Figures of a cell export. */
record MeasureRules(ClientScope scope, Setting export) {
  /** Columns of a release that are ours. */
  private static final Set<String> RESERVED =
      Set.of("segment", "segment_id", "persons", "person_key", ClientScope.PLACE);

  /** What everybody adds is known of everybody, and taken off leaves the few who add more. */
  private static final String HIDING =
      ": else those who have nothing count as adding that much, and hide how few have more";

  void check(List<String> dimensions) {
    List<Setting> measures = export.at("measures").items();
    scope.unique(measures.stream().map(measure -> measure.at("name")).toList(), "measure name");
    for (Setting measure : measures) {
      Setting name = measure.at("name");
      if (name.text()
          .filter(text -> RESERVED.contains(text) || dimensions.contains(text))
          .isPresent()) {
        scope.findings().wrong(name, "a name that no other column of the release has");
      }
      Setting sum = measure.at("sum");
      Setting clamp = measure.at("clamp");
      if (sum.given()) {
        if (scope.knowsSegments()) {
          scope.known(sum, scope.figures());
        }
        checkClamp(clamp);
      } else if (clamp.given()) {
        scope.findings().say(clamp.byKey(), "goes with a sum. Remove it, or name the sum.");
      }
    }
  }

  private void checkClamp(Setting clamp) {
    String expected = "the lowest and the highest value a person may contribute, as in [0, 50000]";
    List<Setting> bounds = clamp.items();
    if (!clamp.given()) {
      scope.findings().missing(clamp, expected);
    } else if (clamp.node().isArray() && bounds.size() != 2) {
      scope.findings().wrong(clamp, expected);
    } else if (bounds.size() == 2) {
      Optional<Double> low = bounds.get(0).number();
      Optional<Double> high = bounds.get(1).number();
      if (low.isPresent() && high.isPresent() && low.get() >= high.get()) {
        scope.findings().wrong(bounds.get(1), "more than " + bounds.get(0).node().asText());
      } else if (low.filter(least -> least > 0).isPresent()) {
        scope.findings().wrong(bounds.get(0), "0 or less" + HIDING);
      } else if (high.filter(most -> most < 0).isPresent()) {
        scope.findings().wrong(bounds.get(1), "0 or more" + HIDING);
      }
    }
  }
}
