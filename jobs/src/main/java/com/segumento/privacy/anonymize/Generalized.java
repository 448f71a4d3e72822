package com.segumento.privacy.anonymize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A generalized table.
 *
 * @param rows the kept ones; quasi-identifiers are labels
 * @param count how many they are
 * @param levels by quasi-identifier
 * @param informationLoss of the whole table
 * @param leastPossibleLoss where it may not be the optimum, a lower bound of the optimum's
 * @param breakdowns risks, class sizes and utility before and after, as charts show them
 */
public record Generalized(
    Dataset<Row> rows,
    long count,
    List<Integer> levels,
    double informationLoss,
    OptionalDouble leastPossibleLoss,
    Map<String, Map<String, Double>> breakdowns) {

  public Generalized {
    levels = List.copyOf(levels);
    breakdowns = Collections.unmodifiableMap(new LinkedHashMap<>(breakdowns));
  }
}
