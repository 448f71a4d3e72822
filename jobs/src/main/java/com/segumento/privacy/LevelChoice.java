package com.segumento.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The levels a release was made at, how they were come by, and what else its engine says of it.
 *
 * @param levels in force, by attribute
 * @param informationLoss of the whole transformation, where it was weighed
 * @param leastPossibleLoss where a search was cut short, a lower bound of the optimum's
 * @param breakdowns risks and utility before and after, where they were weighed; for engineers
 * @param staleness of cells
 */
public record LevelChoice(
    Map<String, Integer> levels,
    How how,
    OptionalDouble informationLoss,
    OptionalDouble leastPossibleLoss,
    Map<String, Map<String, Double>> breakdowns,
    Staleness staleness) {

  /** How levels were come by. */
  public enum How {
    /** The export says them all. */
    FIXED,
    /** They are those of the last release. */
    PINNED,
    /** They lose least of all that keep what privacy asks for. */
    OPTIMAL,
    /** They are the best that was found before the search met its bounds. */
    BOUNDED
  }

  public LevelChoice {
    levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    breakdowns = Collections.unmodifiableMap(new LinkedHashMap<>(breakdowns));
  }

  /** One of which nothing waits. */
  public LevelChoice(
      Map<String, Integer> levels,
      How how,
      OptionalDouble informationLoss,
      OptionalDouble leastPossibleLoss,
      Map<String, Map<String, Double>> breakdowns) {
    this(levels, how, informationLoss, leastPossibleLoss, breakdowns, Staleness.NONE);
  }

  /** The same, of a release of which so much waits. */
  public LevelChoice with(Staleness waiting) {
    return new LevelChoice(levels, how, informationLoss, leastPossibleLoss, breakdowns, waiting);
  }

  /** One whose risks were not weighed. */
  public LevelChoice(
      Map<String, Integer> levels,
      How how,
      OptionalDouble informationLoss,
      OptionalDouble leastPossibleLoss) {
    this(levels, how, informationLoss, leastPossibleLoss, Map.of());
  }

  /** The levels an export says itself. */
  public static LevelChoice fixed(Map<String, JsonNode> levels) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    levels.forEach((name, level) -> numbers.put(name, level.intValue()));
    return new LevelChoice(numbers, How.FIXED, OptionalDouble.empty(), OptionalDouble.empty());
  }
}
