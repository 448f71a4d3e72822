package com.segumento.ops;

import java.util.Map;

/**
 * What an anonymization came to as one HTML page that needs nothing else: its risks, class sizes
 * and utility before and after. It names attributes and states figures, never a value.
 */
public final class AnonymizationPage {
  private AnonymizationPage() {}

  /**
   * The page.
   *
   * @param title of the table
   * @param facts by name, in their order
   * @param breakdowns figures labelled {@code category: part}: {@code risk}, {@code class_sizes},
   *     {@code utility}, {@code values} and {@code levels}
   */
  public static String html(
      String title, Map<String, String> facts, Map<String, Map<String, Double>> breakdowns) {
    ReportBody body = new ReportBody();
    body.anonymization(title, facts, AnonymizationCharts.of(breakdowns));
    return ReportPage.of("Anonymization of " + title, body);
  }
}
