package com.segumento.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.segumento.config.Segments;

/** Traits and segments from their YAML, unchecked. */
public final class Definitions {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private Definitions() {}

  /** A whole file. */
  public static Segments segments(String yaml) {
    return read(yaml, Segments.class);
  }

  public static Segments.Trait trait(String yaml) {
    return read(yaml, Segments.Trait.class);
  }

  public static Segments.Segment segment(String yaml) {
    return read(yaml, Segments.Segment.class);
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
