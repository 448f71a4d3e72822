package com.segumento.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Charts of what an anonymization came to, from breakdowns of these names, labelled {@code
 * category: part}; those that are not there are left out.
 */
final class AnonymizationCharts {
  private AnonymizationCharts() {}

  static List<Chart> of(Map<String, Map<String, Double>> breakdowns) {
    List<Chart> charts = new ArrayList<>();
    add(
        charts,
        breakdowns.get("risk"),
        Chart.Kind.GROUPED,
        "Risk of being found again",
        "Prosecutor: it is known who is in the table. Journalist: it is not; the population is the"
            + " table itself. Marketer: the share that would be found. Records at risk: in classes"
            + " of fewer than k persons.",
        "Attacker",
        "%");
    add(
        charts,
        breakdowns.get("class_sizes"),
        Chart.Kind.GROUPED,
        "Persons by the size of their class",
        "Share of the persons whose class has that many persons.",
        "Persons in the class",
        "%");
    add(
        charts,
        breakdowns.get("utility"),
        Chart.Kind.GROUPED,
        "Utility by attribute",
        "What is left of what the table said; each is 100 % before.",
        "Attribute",
        "%");
    add(
        charts,
        breakdowns.get("values"),
        Chart.Kind.GROUPED,
        "Distinct values by attribute",
        "Values in the table, labels in the result.",
        "Attribute",
        "values");
    add(
        charts,
        breakdowns.get("levels"),
        Chart.Kind.BARS,
        "Levels by attribute",
        "How far up its hierarchy each attribute was generalized, and how far it was not.",
        "Attribute",
        "levels");
    return charts;
  }

  private static void add(
      List<Chart> charts,
      Map<String, Double> figures,
      Chart.Kind kind,
      String title,
      String note,
      String of,
      String unit) {
    if (figures != null && !figures.isEmpty()) {
      charts.add(Chart.parted(kind, title, note, of, unit, Chart.split(figures)));
    }
  }
}
