package com.segumento.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.segumento.config.Segments;
import com.segumento.config.Segments.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The traits and segments that some segments read, directly or by way of others, found by the names
 * that stand in their definitions: at times one more than is read, and never one less.
 */
public final class ReadDefinitions {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .build();

  private final Segments all;
  private final Set<String> traits = new LinkedHashSet<>();
  private final Set<String> segments = new LinkedHashSet<>();

  private ReadDefinitions(Segments all) {
    this.all = all;
  }

  /**
   * What is left of {@code all} for these segments, in the same order.
   *
   * @param besides anything else that may name traits
   */
  public static Segments of(Segments all, Collection<String> ids, Collection<?> besides) {
    ReadDefinitions read = new ReadDefinitions(all);
    ids.forEach(read::segment);
    besides.forEach(other -> read.traitsIn(JSON.valueToTree(other)));
    Map<String, Segments.Trait> traits = new LinkedHashMap<>(all.traits());
    traits.keySet().retainAll(read.traits);
    List<Segment> segments =
        all.segments().stream().filter(segment -> read.segments.contains(segment.id())).toList();
    Map<String, List<String>> waterfalls = new LinkedHashMap<>();
    all.waterfalls()
        .forEach(
            (name, order) -> {
              List<String> left = order.stream().filter(read.segments::contains).toList();
              if (!left.isEmpty()) {
                waterfalls.put(name, left);
              }
            });
    return new Segments(traits, segments, waterfalls);
  }

  /** A definition as it is written, but for its order. */
  public static JsonNode written(Object definition) {
    return JSON.valueToTree(definition);
  }

  /** The event datasets that definitions name. */
  static Set<String> datasets(Segments definitions) {
    Set<String> datasets = new LinkedHashSet<>();
    written(definitions).findValuesAsText("from").forEach(datasets::add);
    return datasets;
  }

  private void segment(String id) {
    if (!segments.add(id)) {
      return;
    }
    all.waterfalls()
        .values()
        .forEach(order -> order.subList(0, Math.max(0, order.indexOf(id))).forEach(this::segment));
    all.segments().stream()
        .filter(segment -> segment.id().equals(id))
        .map(ReadDefinitions::written)
        .forEach(
            definition -> {
              traitsIn(definition);
              Set<String> names = names(definition);
              all.segments().stream()
                  .map(Segment::id)
                  .filter(other -> names.contains(other))
                  .forEach(this::segment);
            });
  }

  private void traitsIn(JsonNode definition) {
    Set<String> names = names(definition);
    all.traits()
        .forEach(
            (name, trait) -> {
              if (names.contains(name) && traits.add(name)) {
                traitsIn(written(trait));
              }
            });
  }

  // Keys too: a score names traits by them.
  private static Set<String> names(JsonNode definition) {
    List<String> texts = new ArrayList<>();
    collect(definition, texts);
    Set<String> names = new LinkedHashSet<>();
    for (String text : texts) {
      var found = NAME.matcher(text);
      while (found.find()) {
        names.add(found.group().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static void collect(JsonNode node, List<String> texts) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.fieldNames().forEachRemaining(texts::add);
    node.forEach(member -> collect(member, texts));
  }
}
