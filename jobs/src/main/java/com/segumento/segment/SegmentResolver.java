package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.Segments;
import com.segumento.config.Segments.Segment;
import com.segumento.model.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The segments of a client to {@link SegmentDefinition}s in the order they are evaluated in. */
final class SegmentResolver {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final ExpressionParser parser;
  private final Client client;
  private final ResolvedTraits traits;
  private final List<String> problems;
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Map<String, String> waterfalls = new HashMap<>();
  private final Map<String, String> before = new HashMap<>();

  /**
   * Collects segments.
   *
   * @param problems is told all that is wrong
   */
  SegmentResolver(
      ExpressionParser parser, Client client, ResolvedTraits traits, List<String> problems) {
    this.parser = parser;
    this.client = client;
    this.traits = traits;
    this.problems = problems;
  }

  /** Each after those it reads; of those that are at fault, as much as there is. */
  List<SegmentDefinition> all(Segments segments) {
    Set<String> ids =
        segments.segments().stream()
            .map(Segment::id)
            .collect(Collectors.toCollection(TreeSet::new));
    Resolution resolution =
        new Resolution(parser, client, new Scope(traits.columns(), Optional.of(ids)));
    segments.segments().forEach(segment -> rule(segment, resolution));
    segments.waterfalls().forEach((name, members) -> waterfall(name, members, resolution));
    Map<String, Set<String>> reads = new LinkedHashMap<>();
    rules.forEach((id, rule) -> reads.put(id, reads(id, rule)));
    Map<String, SegmentDefinition> definitions = new LinkedHashMap<>();
    for (String id : Ordering.of(reads, this::cycle)) {
      definitions.put(id, definition(id, reads.get(id), definitions));
    }
    return List.copyOf(definitions.values());
  }

  private void rule(Segment segment, Resolution resolution) {
    List<String> found = new ArrayList<>();
    if (!NAME.matcher(segment.id()).matches()) {
      found.add("Invalid id. Expected lower-case letters, digits and underscores.");
    } else if (rules.containsKey(segment.id())) {
      found.add("the id is given twice.");
    }
    RuleResolver.rule(segment, resolution, found)
        .ifPresent(rule -> rules.putIfAbsent(segment.id(), rule));
    found.forEach(problem -> problems.add("segment " + segment.id() + ", " + problem));
  }

  private void waterfall(String name, List<String> members, Resolution resolution) {
    String previous = null;
    for (String id : members) {
      List<String> found = new ArrayList<>();
      Optional<String> unknown = resolution.scope().noSegment(id);
      unknown.ifPresent(found::add);
      if (unknown.isEmpty() && waterfalls.putIfAbsent(id, name) != null) {
        found.add("segment " + id + " is in a waterfall already. Name it once.");
      } else if (unknown.isEmpty()) {
        if (previous != null) {
          before.put(id, previous);
        }
        previous = id;
      }
      found.forEach(problem -> problems.add("waterfall " + name + ", " + problem));
    }
  }

  private Set<String> reads(String id, Rule rule) {
    Set<String> reads = new LinkedHashSet<>(rule.segments());
    if (before.containsKey(id)) {
      reads.add(before.get(id));
    }
    return reads;
  }

  private void cycle(List<String> way) {
    problems.add(
        "segment %s, its members depend on themselves: %s. Take one of these references out."
            .formatted(way.get(0), String.join(" → ", way)));
  }

  private SegmentDefinition definition(
      String id, Set<String> reads, Map<String, SegmentDefinition> earlier) {
    Rule rule = rules.get(id);
    StringBuilder canonical = new StringBuilder(rule.canonical()).append('\n');
    canonical.append(traits.canonical(rule.columns(), rule.hidden()));
    for (String other : new TreeSet<>(rule.segments())) {
      canonical.append("segment ").append(other).append('|').append(hash(other, earlier));
      canonical.append('\n');
    }
    if (before.containsKey(id)) {
      canonical.append("after ").append(hash(before.get(id), earlier)).append('\n');
    }
    return new SegmentDefinition(
        id, rule, Optional.ofNullable(waterfalls.get(id)), reads, Sha256.hex(canonical.toString()));
  }

  /** Nothing of a segment that is at fault: nothing is made of it then. */
  private static String hash(String id, Map<String, SegmentDefinition> earlier) {
    return earlier.containsKey(id) ? earlier.get(id).hash() : "";
  }
}
