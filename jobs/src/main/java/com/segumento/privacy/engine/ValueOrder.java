package com.segumento.privacy.engine;

import com.segumento.privacy.engine.RecordSettings.Attribute;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;

/**
 * The order of an attribute's values: numbers by size, others as their hierarchy file or their
 * contract lists them, and by their text where nothing does. What is missing comes first, what is
 * not listed last.
 */
final class ValueOrder {
  private ValueOrder() {}

  static Comparator<String> of(Attribute attribute) {
    Comparator<String> missingFirst = Comparator.comparing(text -> !text.isEmpty());
    if (attribute.source().type() instanceof NumericType) {
      boolean floating =
          attribute.source().type() instanceof DoubleType
              || attribute.source().type() instanceof FloatType;
      Comparator<String> bySize =
          floating ? Comparator.comparing(Double::valueOf) : Comparator.comparing(BigDecimal::new);
      return (one, other) ->
          one.isEmpty() || other.isEmpty()
              ? missingFirst.compare(one, other)
              : bySize.compare(one, other);
    }
    Map<String, Integer> places = new HashMap<>();
    attribute
        .how()
        .file()
        .map(file -> file.lines().stream().map(line -> line.get(0)).toList())
        .orElse(attribute.allowed())
        .forEach(text -> places.putIfAbsent(text, places.size()));
    Comparator<String> asListed =
        Comparator.comparing(text -> places.getOrDefault(text, Integer.MAX_VALUE));
    return missingFirst.thenComparing(asListed).thenComparing(Comparator.naturalOrder());
  }
}
