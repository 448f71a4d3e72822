package com.segumento.config;

import com.segumento.config.Segments.Trait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Traits in words. */
final class PlainTrait {
  private static final Pattern OF_VALUE = Pattern.compile("([a-z_]+)\\((.+)\\)");
  private static final Map<String, String> PLAIN =
      Map.of(
          "count", "the number of events of",
          "distinct_days", "the number of days with events of",
          "days_since_first", "the days since the first event of",
          "days_since_last", "the days since the last event of");
  private static final Map<String, String> VALUES =
      Map.of(
          "sum", "the sum of %s over",
          "avg", "the mean of %s over",
          "min", "the least %s of",
          "max", "the greatest %s of",
          "first", "the first %s of",
          "last", "the last %s of",
          "count_distinct", "the number of different %s of",
          "approx_count_distinct", "about the number of different %s of",
          "top", "the most frequent %s of");

  private PlainTrait() {}

  /** What a trait is. */
  static String of(Trait trait) {
    if (trait.ratio() != null) {
      return trait.ratio().get(0) + " divided by " + trait.ratio().get(1);
    }
    if (trait.score() != null) {
      List<String> terms = new ArrayList<>();
      trait.score().forEach((name, weight) -> terms.add(weight + " times " + name));
      return "the sum of " + PlainWords.list(terms, "and");
    }
    if (trait.tile() != null) {
      return "the group of the person, from 1 to %d, among groups of the same size in the order of %s"
          .formatted(trait.tile().bins(), trait.tile().by());
    }
    if (trait.rfm() != null) {
      Segments.Rfm rfm = trait.rfm();
      return "how recent, how frequent and of how much %s the events of %s are, %s"
          .formatted(
              rfm.value(),
              PlainWords.events(rfm.from(), rfm.where()),
              PlainWords.window(rfm.window()));
    }
    if (trait.cluster() != null) {
      return "the cluster of persons alike in "
          + PlainWords.list(trait.cluster().features(), "and");
    }
    return ofEvents(trait);
  }

  private static String ofEvents(Trait trait) {
    Matcher value = OF_VALUE.matcher(trait.agg());
    String aggregate =
        value.matches()
            ? VALUES.get(value.group(1)).formatted(value.group(2).strip())
            : PLAIN.get(trait.agg());
    String words =
        "%s %s, %s"
            .formatted(
                aggregate,
                PlainWords.events(trait.from(), trait.where()),
                PlainWords.window(trait.window()));
    if (trait.trend() == null) {
      return words;
    }
    return words
        + switch (trait.trend()) {
          case RATIO -> ", divided by that of the time as long before it";
          case DIFFERENCE -> ", less that of the time as long before it";
        };
  }

  /** The traits a text names, then those these are made of, and so on. */
  static Set<String> named(String text, Map<String, Trait> traits) {
    Set<String> named = new LinkedHashSet<>();
    traits.keySet().stream()
        .filter(name -> Pattern.compile("\\b" + name + "\\b").matcher(text).find())
        .forEach(named::add);
    List<String> open = new ArrayList<>(named);
    while (!open.isEmpty()) {
      Trait trait = traits.get(open.remove(0));
      for (String other : madeOf(trait)) {
        if (traits.containsKey(other) && named.add(other)) {
          open.add(other);
        }
      }
    }
    return named;
  }

  private static Set<String> madeOf(Trait trait) {
    Set<String> others = new LinkedHashSet<>();
    if (trait.ratio() != null) {
      others.addAll(trait.ratio());
    }
    if (trait.score() != null) {
      others.addAll(trait.score().keySet());
    }
    if (trait.tile() != null) {
      others.add(trait.tile().by());
    }
    if (trait.cluster() != null) {
      others.addAll(trait.cluster().features());
    }
    return others;
  }
}
