package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
  public record Trait(
      @JsonPropertyDescription("Event dataset") String from,
      @JsonPropertyDescription("Which events count; a Spark SQL boolean expression")
          @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String where,
      @JsonPropertyDescription("Days of events, as in 90d; all of them where it is not given")
          @Form(pattern = Form.DAYS, says = Form.DAYS_SAYS)
          String window,
      @Form(
              pattern =
                  "^(count|days_since_last|distinct_days|(sum|min|max|avg)\\([a-z][a-z0-9_]*\\))$",
              says =
                  "one of count, sum(x), min(x), max(x), avg(x), days_since_last, distinct_days, where x is a column")
          String agg,
      Rfm rfm) {}

  /** Recency, frequency and monetary scores. */
  public record Rfm(
      @JsonProperty(required = true) String from,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String where,
      @JsonProperty(required = true) String value,
      @Range(min = 2, max = 100) Integer bins,
      @Form(pattern = Form.DAYS, says = Form.DAYS_SAYS) String window) {}

  /** A named predicate over a person; exactly one of the rules is given. */
  public record Segment(
      @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS) String id,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String title,
      @Range(min = 1) Integer version,
      @JsonPropertyDescription("A Spark SQL boolean expression")
          @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String where,
      Sequence sequence,
      Rank rank,
      Split split) {}

  /** Events in order; a step is an expression, or {@code {not: expression}}. */
  public record Sequence(
      @JsonProperty(required = true) String from,
      @JsonProperty(required = true)
          @SchemaText(
              """
          {"type": "array", "minItems": 1,
           "items": {"type": ["string", "object"], "pattern": "\\\\S",
            "properties": {"not": {"type": "string", "pattern": "\\\\S"}},
            "required": ["not"], "additionalProperties": false,
            "patternErrorMessage": "Expected an expression, or a mapping of not to one."}}""")
          List<JsonNode> steps,
      @Form(pattern = Form.DAYS, says = Form.DAYS_SAYS) String within,
      @Form(pattern = Form.DAYS, says = Form.DAYS_SAYS) String window) {
    public Sequence {
      steps = steps == null ? List.of() : List.copyOf(steps);
    }
  }

  /** The top of an order, as {@code 10%} or a number of persons. */
  public record Rank(
      @JsonProperty(required = true) String by,
      @Form(
              pattern = "^([1-9][0-9]{0,8}|(100|[1-9]?[0-9](\\.[0-9]{1,6})?)%)$",
              says = "a share of persons as in 10%, or a number of them in quotes")
          String top,
      @Form(
              pattern = "^([1-9][0-9]{0,8}|(100|[1-9]?[0-9](\\.[0-9]{1,6})?)%)$",
              says = "a share of persons as in 10%, or a number of them in quotes")
          String bottom) {}

  /** A stable random share of another segment. */
  public record Split(
      @JsonProperty(required = true) String of,
      @JsonProperty(required = true) @Form(pattern = Form.SHARE, says = "a share, as in 10%")
          String share,
      @JsonProperty(required = true) @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String salt) {}
}
