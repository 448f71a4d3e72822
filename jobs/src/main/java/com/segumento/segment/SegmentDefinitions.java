package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.ProfileSchema;
import com.segumento.config.Segments;
import com.segumento.model.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A client's traits and segments, checked: parsed, held to the segment language and resolved
 * against the declared columns. Reads no data.
 */
public final class SegmentDefinitions {
  private final Set<String> profile;
  private final ResolvedTraits traits;
  private final List<SegmentDefinition> segments;

  private SegmentDefinitions(
      Set<String> profile, ResolvedTraits traits, List<SegmentDefinition> segments) {
    this.profile = profile;
    this.traits = traits;
    this.segments = List.copyOf(segments);
  }

  /**
   * Checks all traits and segments.
   *
   * @throws ConfigException with every problem on a line of its own
   */
  public static SegmentDefinitions resolve(SparkSession spark, Client client, Segments segments) {
    List<String> problems = new ArrayList<>();
    ResolvedTraits traits = ResolvedTraits.of(spark, client, segments.traits(), problems);
    List<SegmentDefinition> resolved =
        new SegmentResolver(new ExpressionParser(spark), client, traits, problems).all(segments);
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join("\n", problems));
    }
    return new SegmentDefinitions(Set.of(ProfileSchema.of(client).fieldNames()), traits, resolved);
  }

  /** Each after those it reads. */
  List<SegmentDefinition> segments() {
    return segments;
  }

  /** The traits of events as they are defined. */
  List<TraitDefinition> traits() {
    return List.copyOf(traits.ofEvents().values());
  }

  /** The traits of persons, each after those it reads. */
  List<PersonTrait> personTraits() {
    return List.copyOf(traits.ofPersons().values());
  }

  /** Names of all traits. */
  List<String> traitNames() {
    return traits.names();
  }

  /** All columns that are made of events, by event dataset: traits, and those of single rules. */
  Map<String, List<TraitDefinition>> eventColumnsByDataset() {
    return Stream.concat(traits.ofEvents().values().stream(), hidden().stream())
        .collect(
            Collectors.groupingBy(TraitDefinition::from, LinkedHashMap::new, Collectors.toList()));
  }

  /** Columns of single rules and traits that are made of events. */
  List<TraitDefinition> hidden() {
    return Stream.concat(
            traits.ofPersons().values().stream().flatMap(trait -> trait.hidden().stream()),
            hiddenOfRules().stream())
        .toList();
  }

  /** Those of single rules: segments read them from the table of traits. */
  List<TraitDefinition> hiddenOfRules() {
    return segments.stream().flatMap(segment -> segment.rule().hidden().stream()).toList();
  }

  /** Columns of the trait table that segments read. */
  Set<String> traitsRead() {
    Set<String> inTable = new LinkedHashSet<>(traits.names());
    hiddenOfRules().forEach(column -> inTable.add(column.name()));
    Set<String> read = columnsRead();
    read.retainAll(inTable);
    return read;
  }

  /** Profile columns that segments read. */
  Set<String> profileColumnsRead() {
    Set<String> read = columnsRead();
    read.retainAll(profile);
    return read;
  }

  /** Profile columns that traits read. */
  Set<String> profileColumnsOfTraits() {
    Set<String> read = new LinkedHashSet<>();
    traits.ofPersons().values().forEach(trait -> read.addAll(trait.columns()));
    read.retainAll(profile);
    return read;
  }

  /** The definition hash of each segment, by its id. */
  public Map<String, String> hashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    segments.forEach(segment -> hashes.put(segment.id(), segment.hash()));
    return hashes;
  }

  /** A text that changes with any trait or segment that would be computed differently. */
  String canonical() {
    return traits.canonical(traits.names(), hidden()) + hashes();
  }

  private Set<String> columnsRead() {
    Set<String> read = new LinkedHashSet<>();
    segments.forEach(segment -> read.addAll(segment.rule().columns()));
    return read;
  }
}
