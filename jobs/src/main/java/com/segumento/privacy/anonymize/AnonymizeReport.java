package com.segumento.privacy.anonymize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.ops.AnonymizationPage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an anonymization came to: figures only, never a row or a value.
 *
 * @param figures by name, as {@code report.json} holds them
 * @param breakdowns those of the charts by name, labelled {@code category: part}; as the report of
 *     a stage has them
 */
public record AnonymizeReport(
    Map<String, Object> figures, Map<String, Map<String, Double>> breakdowns) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> FACTS =
      List.of(
          "rows",
          "persons",
          "k",
          "suppression_limit",
          "metric",
          "information_loss",
          "optimal",
          "least_possible_loss",
          "suppressed",
          "classes",
          "min_class",
          "max_class",
          "nodes_checked",
          "lattice_size");

  public AnonymizeReport {
    breakdowns = Collections.unmodifiableMap(new LinkedHashMap<>(breakdowns));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** The page with the charts. */
  String html(String title) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name : FACTS) {
      Object value = figures.get(name);
      if (value != null) {
        String words = name.replace('_', ' ');
        facts.put(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1), text(value));
      }
    }
    return AnonymizationPage.html(title, facts, breakdowns);
  }

  private static String text(Object value) {
    return value instanceof Long number
        ? String.format(Locale.ROOT, "%,d", number)
        : value.toString();
  }

  /** The text of {@code report.json}. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Figures can always be written", e);
    }
  }
}
