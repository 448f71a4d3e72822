package com.segumento.privacy.anonymize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an anonymization came to: figures only, never a row or a value.
 *
 * @param figures by name, as {@code report.json} holds them
 */
public record AnonymizeReport(Map<String, Object> figures) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public AnonymizeReport {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
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
