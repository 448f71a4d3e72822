package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.segumento.model.ConfigException;
import java.util.ArrayList;
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
    @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS) String name,
    @JsonProperty(required = true) Kind kind,
    @SchemaText(
            """
        {"type": ["string", "array"], "pattern": "^all$", "minItems": 1,
         "items": {"type": "string"},
         "patternErrorMessage": "Expected a list of segment ids, or the word all."}""")
        JsonNode segments,
    List<String> dimensions,
    @SchemaText(
            """
        {"type": "object",
         "additionalProperties": {"type": ["integer", "string"], "minimum": 0, "maximum": 100,
          "pattern": "^auto$", "patternErrorMessage": "Expected a number from 0, or the word auto."}}""")
        Map<String, JsonNode> levels,
    List<Measure> measures,
    Map<String, DatasetContract.Role> attributes,
    @JsonProperty(required = true) Privacy privacy,
    Format format,
    @Range(min = 0) Integer minIntervalDays,
    Destination destination) {

  /** A level that is to be found. */
  public static final String AUTO = "auto";

  /** The suppression limit where none is given: a share of the members of segments. */
  public static final double DEFAULT_SUPPRESSION_LIMIT = 0.05;

  static final String ALL_SEGMENTS = "all";

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

  /** The k in force: the export's own, else the platform's; not below the floor of its kind. */
  public int k(Platform platform) {
    int asked = privacy.k() == null ? platform.privacy().defaultK() : privacy.k();
    return Math.max(asked, floor(platform));
  }

  /** The least k there may be of exports of this kind. */
  public int floor(Platform platform) {
    Platform.PrivacyFloor floors = platform.privacy();
    return kind == Kind.AUDIENCE
        ? Math.max(floors.kFloor(), floors.activationFloor())
        : floors.kFloor();
  }

  /** The level a dimension is generalized to; 0 is the exact value. */
  public int level(String dimension) {
    JsonNode level = levels.get(dimension);
    if (level == null || !level.isIntegralNumber()) {
      throw ConfigException.invalid(
          "exports." + name + ".levels." + dimension,
          level == null ? "no value" : Shown.value(level),
          "a number from 0");
    }
    return level.intValue();
  }

  /** Whether any level is left to be found. */
  public boolean searchesLevels() {
    return levels.values().stream()
        .anyMatch(level -> level.isTextual() && level.textValue().equals(AUTO));
  }

  /** The largest share of members that may be in cells too small to be published as they are. */
  public double suppressionLimit() {
    return privacy.suppressionLimit() == null
        ? DEFAULT_SUPPRESSION_LIMIT
        : privacy.suppressionLimit();
  }

  /** The same at these levels. */
  public Export at(Map<String, Integer> inForce) {
    Map<String, JsonNode> numbers = new LinkedHashMap<>();
    inForce.forEach((dimension, level) -> numbers.put(dimension, IntNode.valueOf(level)));
    return new Export(
        name,
        kind,
        segments,
        dimensions,
        numbers,
        measures,
        attributes,
        privacy,
        format,
        minIntervalDays,
        destination);
  }

  /** The same for these segments. */
  public Export of(List<String> ids) {
    ArrayNode listed = JsonNodeFactory.instance.arrayNode();
    ids.forEach(listed::add);
    return new Export(
        name,
        kind,
        listed,
        dimensions,
        levels,
        measures,
        attributes,
        privacy,
        format,
        minIntervalDays,
        destination);
  }

  /** The same for this destination. */
  public Export to(Destination other) {
    return new Export(
        name,
        kind,
        segments,
        dimensions,
        levels,
        measures,
        attributes,
        privacy,
        format,
        minIntervalDays,
        other);
  }

  /** Whether every segment of the client is meant. */
  public boolean allSegments() {
    return segments != null && segments.isTextual() && segments.textValue().equals(ALL_SEGMENTS);
  }

  /** The ids of the segments that are meant, in the order they are written. */
  public List<String> segmentIds(Segments known) {
    if (allSegments()) {
      return known.segments().stream().map(Segments.Segment::id).toList();
    }
    List<String> ids = new ArrayList<>();
    if (segments != null) {
      segments.forEach(id -> ids.add(id.textValue()));
    }
    return List.copyOf(ids);
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
      @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS) String name,
      @JsonPropertyDescription("Trait or column to add up; none counts persons") String sum,
      @JsonPropertyDescription("Lowest and highest value a person may contribute; 0 is one between")
          List<Double> clamp) {
    public Measure {
      clamp = clamp == null ? List.of() : List.copyOf(clamp);
    }
  }

  /** What the gate holds an export to; {@code k} counts distinct persons. */
  public record Privacy(
      @Range(min = 2) Integer k,
      @Range(min = 0, max = 1) Double suppressionLimit,
      Diversity l,
      Closeness t,
      Dominance dominance,
      @Range(min = 1) Integer roundTo,
      @JsonPropertyDescription("Noise in counts and sums, of kind cells") DifferentialPrivacy dp) {}

  /** l-diversity of one sensitive attribute. */
  public record Diversity(
      @JsonProperty(required = true) String attribute,
      @Range(min = 2) Integer distinct,
      @Range(min = 1) Double entropy,
      Recursive recursive) {
    /** Recursive (c,l)-diversity. */
    public record Recursive(
        @JsonProperty(required = true) @Range(min = 0) Double c,
        @JsonProperty(required = true) @Range(min = 2) Integer l) {}
  }

  /** t-closeness of one sensitive attribute. */
  public record Closeness(
      @JsonProperty(required = true) String attribute,
      @JsonProperty(required = true) @Range(min = 0, max = 1) Double max,
      Distance distance) {
    /** Ground distances of the earth mover's distance. */
    public enum Distance {
      EQUAL,
      ORDERED,
      HIERARCHICAL
    }
  }

  /** The p% rule for sums. */
  public record Dominance(@JsonProperty(required = true) @Range(min = 0, max = 100) Double p) {}

  /** Who receives an audience. */
  public record Destination(
      @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS) String id,
      @JsonProperty(required = true) @Form(pattern = Form.ALIAS, says = Form.ALIAS_SAYS)
          String key) {}
}
