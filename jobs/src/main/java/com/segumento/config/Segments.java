package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.segumento.model.ConfigException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code conf/segments/<client>.yaml}: a client's traits and segments.
 *
 * @param waterfalls by name, segments in order of priority: a person is in the first of them whose
 *     rule it meets, and in no other
 */
public record Segments(
    Map<String, Trait> traits,
    List<Segment> segments,
    @JsonPropertyDescription(
            "Segments in order of priority: a person is in the first whose rule it meets")
        Map<String, List<String>> waterfalls) {

  /** No traits, no segments. */
  public static final Segments NONE = new Segments(Map.of(), List.of(), Map.of());

  public Segments {
    traits = ordered(traits);
    segments = segments == null ? List.of() : List.copyOf(segments);
    waterfalls = ordered(waterfalls);
  }

  /** These and others of other names. */
  public Segments with(Segments others) {
    Map<String, Trait> allTraits = new LinkedHashMap<>(traits);
    allTraits.putAll(others.traits());
    Map<String, List<String>> allWaterfalls = new LinkedHashMap<>(waterfalls);
    allWaterfalls.putAll(others.waterfalls());
    List<Segment> all = new ArrayList<>(segments);
    all.addAll(others.segments());
    return new Segments(allTraits, all, allWaterfalls);
  }

  /**
   * Makes sure that there is a segment of this id.
   *
   * @throws ConfigException where there is none
   */
  public void require(String id) {
    List<String> ids = segments.stream().map(Segment::id).toList();
    if (!ids.contains(id)) {
      throw new ConfigException(
          "The client has no segment " + id + "." + Suggestion.among(id, ids));
    }
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * A computed feature of a person; exactly one of {@code agg}, {@code ratio}, {@code score},
   * {@code tile}, {@code rfm} and {@code cluster} is given.
   *
   * @param from event dataset
   * @param where which events count, a Spark SQL boolean expression
   * @param window which UTC days count, seen from the business date; all that are kept where it is
   *     not given
   * @param agg what is made of the events that count
   * @param trend this window against the one of the same length right before it
   * @param ratio two traits, the first by the second
   * @param score sum of traits times weights; a trait that is null counts as 0
   */
  public record Trait(
      @JsonPropertyDescription("Event dataset") String from,
      @JsonPropertyDescription("Which events count; a Spark SQL boolean expression")
          @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String where,
      @JsonPropertyDescription("UTC days that count, seen from the business date; all without it")
          @Form(pattern = Form.WINDOW, says = Form.WINDOW_SAYS)
          String window,
      @JsonPropertyDescription("What is made of the events that count")
          @Form(pattern = Form.AGGREGATE, says = Form.AGGREGATE_SAYS)
          String agg,
      @JsonPropertyDescription("This window against the one of the same length before it")
          Trend trend,
      @JsonPropertyDescription("Two traits, the first by the second") @Range(min = 2, max = 2)
          List<String> ratio,
      @JsonPropertyDescription("Traits and their weights") @Range(min = 1, max = 100)
          Map<String, Double> score,
      Tile tile,
      Rfm rfm,
      Cluster cluster) {}

  /** How a window is set against the one before it. */
  public enum Trend {
    /** This by the one before; null where that is null or 0. */
    RATIO,
    /** This less the one before. */
    DIFFERENCE
  }

  /**
   * Persons in {@code bins} groups of the same size in the order of a trait: 1 has the lowest.
   * Persons without a value are in none; those of the same value are in the same order every night.
   */
  public record Tile(
      @JsonProperty(required = true) String by,
      @JsonProperty(required = true) @Range(min = 2, max = 1000) Integer bins) {}

  /** Recency, frequency and monetary scores. */
  public record Rfm(
      @JsonProperty(required = true) String from,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String where,
      @JsonProperty(required = true) String value,
      @Range(min = 2, max = 100) Integer bins,
      @Form(pattern = Form.WINDOW, says = Form.WINDOW_SAYS) String window) {}

  /**
   * The number, from 1, of the k-means cluster a person is in.
   *
   * @param features numeric traits and profile columns
   * @param k how many, as in {@code 5}, or a range to find the best of, as in {@code 2..8}
   */
  public record Cluster(
      @JsonProperty(required = true) @Range(min = 1, max = 100) List<String> features,
      @JsonProperty(required = true)
          @Form(
              pattern = "^([2-9]|[1-9][0-9])(\\.\\.([2-9]|[1-9][0-9]))?$",
              says = "a number of clusters in quotes, or a range of them as in 2..8")
          String k) {}

  /**
   * A named set of persons; exactly one rule is given ({@code include} and {@code exclude} are
   * one).
   *
   * @param taxonomy where the segment belongs: an id of the IAB Audience Taxonomy as in {@code
   *     iab:243}, or a free path as in {@code Retail | Shoppers}
   */
  public record Segment(
      @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS) String id,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String title,
      @Range(min = 1) Integer version,
      @JsonPropertyDescription(
              "IAB Audience Taxonomy as in iab:243, or a path as in Retail | Shoes")
          @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String taxonomy,
      @JsonPropertyDescription("A Spark SQL boolean expression")
          @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String where,
      @JsonPropertyDescription("Persons in any of these segments; everyone without it")
          @Range(min = 1, max = 1000)
          List<String> include,
      @JsonPropertyDescription("but in none of these") @Range(min = 1, max = 1000)
          List<String> exclude,
      EventRules.Did did,
      EventRules.Never didNot,
      EventRules.First first,
      EventRules.Regularly regularly,
      EventRules.Stopped stopped,
      EventRules.Restarted restarted,
      EventRules.Sequence sequence,
      Rank rank,
      Split split,
      Lookalike lookalike) {

    /** The same rule under another id. */
    public Segment named(String other) {
      return new Segment(
          other, title, version, taxonomy, where, include, exclude, did, didNot, first, regularly,
          stopped, restarted, sequence, rank, split, lookalike);
    }

    /** A segment of those for whom an expression is true. */
    public static Segment where(String id, String where) {
      return new Segment(
          id, null, null, null, where, null, null, null, null, null, null, null, null, null, null,
          null, null);
    }
  }

  /**
   * The top or bottom of an order, as {@code 10%} or a number of persons. Persons without a value
   * are in neither; those of the same value are in the same order every night.
   *
   * @param among only members of this segment are ranked; everyone without it
   */
  public record Rank(
      @JsonProperty(required = true) String by,
      @Form(pattern = Form.PART, says = Form.PART_SAYS) String top,
      @Form(pattern = Form.PART, says = Form.PART_SAYS) String bottom,
      String among) {}

  /**
   * A stable random share of another segment: a person keeps its place over nights.
   *
   * @param after where the share begins, 0% unless said: shares of the same salt that do not
   *     overlap hold different persons
   */
  public record Split(
      @JsonProperty(required = true) String of,
      @JsonProperty(required = true) @Form(pattern = Form.SHARE, says = "a share, as in 10%")
          String share,
      @JsonProperty(required = true) @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String salt,
      @Form(pattern = Form.SHARE, says = "a share, as in 10%") String after) {}

  /**
   * The persons most similar to the members of a segment and not in it.
   *
   * @param size how many, as in {@code 10%} of everyone or a number of persons
   * @param features numeric traits and profile columns
   */
  public record Lookalike(
      @JsonProperty(required = true) String seed,
      @JsonProperty(required = true) @Form(pattern = Form.PART, says = Form.PART_SAYS) String size,
      @JsonProperty(required = true) @Range(min = 1, max = 100) List<String> features) {}
}
