package com.segumento.enrich;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures about people that may be stated. Those of 1 to k-1 persons are left out; where all of
 * those together are fewer than k, so is the smallest other one, for the total would give them
 * away.
 *
 * @param stated figures by label
 * @param withheld how many labels are not
 * @param together persons under the labels that are not, where they are k or more; else 0
 */
record GuardedFigures(Map<String, Long> stated, int withheld, long together) {

  GuardedFigures {
    stated = Map.copyOf(stated);
  }

  /** Of figures that add up to a known total; those of 0 are passed over. */
  static GuardedFigures of(Map<String, Long> figures, long k) {
    TreeMap<String, Long> stated = new TreeMap<>();
    long hidden = 0;
    int withheld = 0;
    for (Map.Entry<String, Long> figure : figures.entrySet()) {
      if (figure.getValue() >= k) {
        stated.put(figure.getKey(), figure.getValue());
      } else if (figure.getValue() > 0) {
        hidden += figure.getValue();
        withheld++;
      }
    }
    if (hidden > 0 && hidden < k && !stated.isEmpty()) {
      hidden += stated.remove(smallest(stated));
      withheld++;
    }
    return new GuardedFigures(stated, withheld, hidden >= k ? hidden : 0);
  }

  private static String smallest(TreeMap<String, Long> figures) {
    return figures.entrySet().stream()
        .min(Comparator.comparing(Map.Entry<String, Long>::getValue))
        .orElseThrow()
        .getKey();
  }
}
