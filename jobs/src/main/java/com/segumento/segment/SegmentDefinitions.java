package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.ProfileSchema;
import com.segumento.config.Segments;
import com.segumento.config.Segments.Segment;
import com.segumento.model.ConfigException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A client's traits and segments, checked: parsed, held to the segment language and resolved
 * against the declared columns. Reads no data.
 */
public final class SegmentDefinitions {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final Map<String, TraitDefinition> traits;
  private final List<SegmentDefinition> segments;

  private SegmentDefinitions(
      Map<String, TraitDefinition> traits, List<SegmentDefinition> segments) {
    this.traits = Collections.unmodifiableMap(traits);
    this.segments = List.copyOf(segments);
  }

  /**
   * Checks all traits and segments.
   *
   * @throws ConfigException with every problem on a line of its own
   */
  public static SegmentDefinitions resolve(SparkSession spark, Client client, Segments segments) {
    Resolution resolution = new Resolution(spark, client);
    segments.traits().forEach(resolution::trait);
    Scope scope = resolution.scope();
    segments.segments().forEach(segment -> resolution.segment(segment, scope));
    if (!resolution.problems.isEmpty()) {
      throw new ConfigException(String.join("\n", resolution.problems));
    }
    return new SegmentDefinitions(resolution.traits, resolution.segments);
  }

  List<SegmentDefinition> segments() {
    return segments;
  }

  List<TraitDefinition> traits() {
    return List.copyOf(traits.values());
  }

  /** The traits by event dataset, in the order of their definition. */
  Map<String, List<TraitDefinition>> traitsByDataset() {
    return traits.values().stream()
        .collect(
            Collectors.groupingBy(TraitDefinition::from, LinkedHashMap::new, Collectors.toList()));
  }

  /** Traits that segments read. */
  Set<String> traitsRead() {
    Set<String> read = columnsRead();
    read.retainAll(traits.keySet());
    return read;
  }

  /** Profile columns that segments read. */
  Set<String> profileColumnsRead() {
    Set<String> read = columnsRead();
    read.removeAll(traits.keySet());
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
    StringBuilder canonical = new StringBuilder();
    traits.forEach((name, trait) -> canonical.append(name).append(trait.canonical()).append('\n'));
    return canonical.append(hashes()).toString();
  }

  private Set<String> columnsRead() {
    Set<String> read = new LinkedHashSet<>();
    segments.forEach(segment -> read.addAll(segment.rule().columns()));
    return read;
  }

  /** Collects what is right and what is wrong. */
  private static final class Resolution {
    private final SparkSession spark;
    private final Client client;
    private final ExpressionParser parser;
    private final TraitResolver resolver;
    private final StructType profile;
    private final Map<String, TraitDefinition> traits = new LinkedHashMap<>();
    private final Set<String> broken = new LinkedHashSet<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private final List<SegmentDefinition> segments = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    Resolution(SparkSession spark, Client client) {
      this.spark = spark;
      this.client = client;
      this.parser = new ExpressionParser(spark);
      this.resolver = new TraitResolver(parser, client);
      this.profile = ProfileSchema.of(client);
    }

    void trait(String name, Segments.Trait trait) {
      List<String> found = new ArrayList<>();
      if (!NAME.matcher(name).matches()) {
        found.add("Invalid name. Expected lower-case letters, digits and underscores.");
      } else if (List.of(profile.fieldNames()).stream().anyMatch(name::equalsIgnoreCase)) {
        found.add("a profile column has the same name. Give the trait another one.");
      }
      Optional<TraitDefinition> definition = resolver.resolve(name, trait, found);
      found.forEach(problem -> problems.add("trait " + name + ", " + problem));
      if (found.isEmpty()) {
        traits.put(name, definition.orElseThrow());
      } else {
        broken.add(name);
      }
    }

    /** Profile columns, traits, and broken traits as nulls, whose faults are told once. */
    Scope scope() {
      StructType columns = profile;
      Set<String> taken = Set.of(profile.fieldNames());
      for (String name : broken) {
        if (!taken.contains(name)) {
          columns = columns.add(name, DataTypes.NullType, true);
        }
      }
      return new Scope(new StructType(concat(columns, traitTypes())));
    }

    void segment(Segment segment, Scope scope) {
      List<String> found = new ArrayList<>();
      if (!NAME.matcher(segment.id()).matches()) {
        found.add("Invalid id. Expected lower-case letters, digits and underscores.");
      } else if (!ids.add(segment.id())) {
        found.add("the id is given twice.");
      }
      rule(segment, scope, found)
          .ifPresent(rule -> segments.add(SegmentDefinition.of(segment.id(), rule, traits)));
      found.forEach(problem -> problems.add("segment " + segment.id() + ", " + problem));
    }

    private Optional<SqlExpression> rule(Segment segment, Scope scope, List<String> found) {
      if (segment.where() == null) {
        found.add("Only where is available yet. Expected a condition there.");
        return Optional.empty();
      }
      List<String> wrong = new ArrayList<>();
      Optional<SqlExpression> rule = parser.predicate(segment.where(), scope, wrong);
      wrong.forEach(problem -> found.add("where: " + problem));
      return rule;
    }

    private StructType traitTypes() {
      Map<String, List<TraitDefinition>> byDataset =
          traits.values().stream().collect(Collectors.groupingBy(TraitDefinition::from));
      StructType types = new StructType();
      for (DatasetContract dataset : client.datasets()) {
        List<TraitDefinition> ofDataset = byDataset.getOrDefault(dataset.name(), List.of());
        if (!ofDataset.isEmpty()) {
          StructType resolved =
              spark
                  .createDataFrame(List.of(), EventSchema.keyed(dataset))
                  .transform(new AggregateEvents(ofDataset, LocalDate.EPOCH)::apply)
                  .schema();
          for (TraitDefinition trait : ofDataset) {
            types = types.add(trait.name(), resolved.apply(trait.name()).dataType(), true);
          }
        }
      }
      return types;
    }

    private static org.apache.spark.sql.types.StructField[] concat(
        StructType first, StructType second) {
      List<org.apache.spark.sql.types.StructField> fields = new ArrayList<>();
      fields.addAll(List.of(first.fields()));
      fields.addAll(List.of(second.fields()));
      return fields.toArray(org.apache.spark.sql.types.StructField[]::new);
    }
  }
}
