package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.ProfileSchema;
import com.segumento.config.Segments;
import com.segumento.model.Sha256;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A client's traits, checked.
 *
 * @param ofEvents by name, as they were given
 * @param ofPersons by name, each after those it reads
 * @param columns of a person: of the profile, and all traits; one that is at fault is null, so that
 *     its fault is told once
 */
record ResolvedTraits(
    Map<String, TraitDefinition> ofEvents, Map<String, PersonTrait> ofPersons, StructType columns) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  static ResolvedTraits of(
      SparkSession spark,
      Client client,
      Map<String, Segments.Trait> traits,
      List<String> problems) {
    return new Resolving(spark, client, problems).all(traits);
  }

  /** Names in the order of the table's columns. */
  List<String> names() {
    return Stream.concat(ofEvents.keySet().stream(), ofPersons.keySet().stream()).toList();
  }

  /** What the traits among {@code columns} compute, and all they read: a line each. */
  String canonical(Collection<String> columns, List<TraitDefinition> hidden) {
    StringBuilder lines = new StringBuilder();
    for (String name : new TreeSet<>(columns)) {
      if (ofEvents.containsKey(name)) {
        lines.append(name).append('|').append(ofEvents.get(name).canonical()).append('\n');
      } else if (ofPersons.containsKey(name)) {
        PersonTrait trait = ofPersons.get(name);
        String all = trait.canonical() + '\n' + canonical(trait.columns(), trait.hidden());
        lines.append(name).append('|').append(Sha256.hex(all)).append('\n');
      }
    }
    hidden.forEach(trait -> lines.append("#|").append(trait.canonical()).append('\n'));
    return lines.toString();
  }

  /** Collects what is right and what is wrong. */
  private static final class Resolving {
    private final SparkSession spark;
    private final Client client;
    private final ExpressionParser parser;
    private final TraitResolver events;
    private final StructType profile;
    private final List<String> problems;
    private final Map<String, TraitDefinition> ofEvents = new LinkedHashMap<>();
    private final Map<String, PersonTrait> ofPersons = new LinkedHashMap<>();
    private StructType columns;

    Resolving(SparkSession spark, Client client, List<String> problems) {
      this.spark = spark;
      this.client = client;
      this.parser = new ExpressionParser(spark);
      this.events = new TraitResolver(parser, client);
      this.profile = ProfileSchema.of(client);
      this.problems = problems;
      this.columns = profile;
    }

    ResolvedTraits all(Map<String, Segments.Trait> traits) {
      Map<String, List<String>> reads = new LinkedHashMap<>();
      traits.forEach(
          (name, trait) ->
              PersonTraitResolver.of(trait)
                  .ifPresentOrElse(
                      kind -> reads.put(name, kind.reads(trait)), () -> event(name, trait)));
      for (var field : types().fields()) {
        columns = columns.add(field);
      }
      Set<String> circular = new HashSet<>();
      for (String name : Ordering.of(reads, cycle -> circular(cycle, circular))) {
        if (!circular.contains(name)) {
          person(name, traits.get(name));
        }
      }
      return new ResolvedTraits(ofEvents, ofPersons, columns);
    }

    private void circular(List<String> cycle, Set<String> names) {
      problems.add(
          "trait %s, it is made of itself: %s. Take one of these references out."
              .formatted(cycle.get(0), String.join(" → ", cycle)));
      cycle.stream().filter(names::add).forEach(this::broken);
    }

    private void event(String name, Segments.Trait trait) {
      List<String> found = wrongName(name);
      events
          .resolve(name, trait, found)
          .filter(definition -> found.isEmpty())
          .ifPresentOrElse(definition -> ofEvents.put(name, definition), () -> broken(name));
      told(name, found);
    }

    private void person(String name, Segments.Trait trait) {
      List<String> found = wrongName(name);
      Resolution resolution = new Resolution(parser, client, new Scope(columns));
      PersonTraitResolver.of(trait)
          .flatMap(kind -> kind.resolve(name, trait, resolution, found))
          .filter(definition -> found.isEmpty())
          .ifPresentOrElse(
              definition -> {
                ofPersons.put(name, definition);
                columns = columns.add(name, definition.type(), true);
              },
              () -> broken(name));
      told(name, found);
    }

    private List<String> wrongName(String name) {
      List<String> found = new ArrayList<>();
      if (!NAME.matcher(name).matches()) {
        found.add("Invalid name. Expected lower-case letters, digits and underscores.");
      } else if (Stream.of(profile.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
        found.add("a profile column has the same name. Give the trait another one.");
      }
      return found;
    }

    private void broken(String name) {
      if (!Set.of(columns.fieldNames()).contains(name)) {
        columns = columns.add(name, DataTypes.NullType, true);
      }
    }

    private void told(String name, List<String> found) {
      found.forEach(problem -> problems.add("trait " + name + ", " + problem));
    }

    private StructType types() {
      Map<String, List<TraitDefinition>> byDataset =
          ofEvents.values().stream().collect(Collectors.groupingBy(TraitDefinition::from));
      StructType types = new StructType();
      for (DatasetContract dataset : client.datasets()) {
        List<TraitDefinition> ofDataset = byDataset.getOrDefault(dataset.name(), List.of());
        if (!ofDataset.isEmpty()) {
          StructType resolved =
              spark
                  .createDataFrame(List.of(), EventSchema.whole(client, dataset))
                  .transform(new AggregateEvents(ofDataset, LocalDate.EPOCH)::apply)
                  .schema();
          for (TraitDefinition trait : ofDataset) {
            types = types.add(trait.name(), resolved.apply(trait.name()).dataType(), true);
          }
        }
      }
      return types;
    }
  }
}
