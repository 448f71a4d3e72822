package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code conf/segments/<client>.yaml}: a client's traits and segments. */
public record Segments(Map<String, Trait> traits, List<Segment> segments) {

  /** No traits, no segments. */
  public static final Segments NONE = new Segments(Map.of(), List.of());

  public Segments {
    traits = traits == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(traits));
    segments = segments == null ? List.of() : List.copyOf(segments);
  }

  /**
   * A computed feature of a person.
   *
   * @param from event dataset
   * @param where which events count, a Spark SQL boolean expression
   * @param window days of events up to and including the business date, as in {@code 90d}; all of
   *     them where it is not given
   * @param agg {@code count}, {@code sum(x)}, {@code min(x)}, {@code max(x)}, {@code avg(x)},
   *     {@code days_since_last} or {@code distinct_days}
   */
  public record Trait(String from, String where, String window, String agg, Rfm rfm) {}

  /** Recency, frequency and monetary scores. */
  public record Rfm(
      @JsonProperty(required = true) String from,
      String where,
      @JsonProperty(required = true) String value,
      Integer bins,
      String window) {}

  /** A named predicate over a person; exactly one of the rules is given. */
  public record Segment(
      @JsonProperty(required = true) String id,
      String title,
      Integer version,
      String where,
      Sequence sequence,
      Rank rank,
      Split split) {}

  /** Events in order; a step is an expression, or {@code {not: expression}}. */
  public record Sequence(
      @JsonProperty(required = true) String from,
      @JsonProperty(required = true) List<JsonNode> steps,
      String within,
      String window) {
    public Sequence {
      steps = steps == null ? List.of() : List.copyOf(steps);
    }
  }

  /** The top of an order, as {@code 10%} or a number of persons. */
  public record Rank(@JsonProperty(required = true) String by, String top, String bottom) {}

  /** A stable random share of another segment. */
  public record Split(
      @JsonProperty(required = true) String of,
      @JsonProperty(required = true) String share,
      @JsonProperty(required = true) String salt) {}
}
