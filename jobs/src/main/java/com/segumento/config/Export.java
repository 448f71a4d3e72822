package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client may pull.
 *
 * @param segments a list of segment ids, or the word {@code all}
 * @param levels generalization level by dimension: a number from 0, or the word {@code auto}
 */
public record Export(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) Kind kind,
    JsonNode segments,
    List<String> dimensions,
    Map<String, JsonNode> levels,
    List<Measure> measures,
    Map<String, DatasetContract.Role> attributes,
    @JsonProperty(required = true) Privacy privacy,
    Format format,
    Integer minIntervalDays,
    Destination destination) {

  public Export {
    dimensions = dimensions == null ? List.of() : List.copyOf(dimensions);
    levels = levels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    measures = measures == null ? List.of() : List.copyOf(measures);
    attributes =
        attributes == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    format = format == null ? Format.PARQUET : format;
  }

  /** Kinds of export. */
  public enum Kind {
    /** Counts and sums by segment and dimensions. */
    CELLS,
    /** One generalized row a person. */
    RECORDS,
    /** Lists of tokens re-hashed for one destination. */
    AUDIENCE
  }

  /** File formats of releases. */
  public enum Format {
    PARQUET,
    CSV,
    JSON
  }

  /**
   * A figure of a cell: the number of distinct persons, or the sum of a column.
   *
   * @param sum column or trait to add up; none counts persons
   * @param clamp lowest and highest value a person may contribute
   */
  public record Measure(
      @JsonProperty(required = true) String name, String sum, List<Double> clamp) {
    public Measure {
      clamp = clamp == null ? List.of() : List.copyOf(clamp);
    }
  }

  /** What the gate holds an export to; {@code k} counts distinct persons. */
  public record Privacy(
      Integer k,
      Double suppressionLimit,
      Diversity l,
      Closeness t,
      Dominance dominance,
      Integer roundTo) {}

  /** l-diversity of one sensitive attribute. */
  public record Diversity(
      @JsonProperty(required = true) String attribute,
      Integer distinct,
      Double entropy,
      Recursive recursive) {
    /** Recursive (c,l)-diversity. */
    public record Recursive(
        @JsonProperty(required = true) Double c, @JsonProperty(required = true) Integer l) {}
  }

  /** t-closeness of one sensitive attribute. */
  public record Closeness(
      @JsonProperty(required = true) String attribute,
      @JsonProperty(required = true) Double max,
      Distance distance) {
    /** Ground distances of the earth mover's distance. */
    public enum Distance {
      EQUAL,
      ORDERED,
      HIERARCHICAL
    }
  }

  /** The p% rule for sums. */
  public record Dominance(@JsonProperty(required = true) Double p) {}

  /** Who receives an audience. */
  public record Destination(
      @JsonProperty(required = true) String id, @JsonProperty(required = true) String key) {}
}
