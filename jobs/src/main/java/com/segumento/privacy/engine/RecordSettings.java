package com.segumento.privacy.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Role;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Profiles;
import com.segumento.model.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * What an export of records asks for, checked.
 *
 * @param segments whose members are released; none where everybody is
 * @param attributes columns of the release, in order
 * @param k the smallest number of distinct persons of a class
 * @param suppressionLimit share of the persons that may be left out
 */
record RecordSettings(
    List<String> segments,
    List<Attribute> attributes,
    int k,
    double suppressionLimit,
    Optional<Export.Diversity> diversity,
    Optional<Export.Closeness> closeness) {
  /** Nobody is left out unless it is asked for: the same as of {@code anonymize}. */
  static final double SUPPRESSION_LIMIT = 0;

  RecordSettings {
    segments = List.copyOf(segments);
    attributes = List.copyOf(attributes);
  }

  /**
   * A column of the release.
   *
   * @param source where its values come from
   * @param trait whether that is a trait
   * @param how it can be generalized
   * @param level the level it is given; none where the engine chooses
   * @param allowed its values in their order, where the contract lists them
   */
  record Attribute(
      Field source,
      boolean trait,
      Role role,
      Generalizable how,
      OptionalInt level,
      List<String> allowed) {

    String name() {
      return source.name();
    }

    /** The column it is released as. */
    Field released() {
      return role == Role.QUASI ? Records.label(name()) : Records.value(name(), source.type());
    }
  }

  /**
   * The settings of {@code export} over tables of these columns.
   *
   * @throws ConfigException where they make no sense or can't be kept
   */
  static RecordSettings of(
      Workspace workspace, Export export, StructType profiles, StructType traits) {
    Availability.requireRecords(export);
    List<Attribute> attributes = new ArrayList<>();
    export
        .attributes()
        .forEach(
            (name, role) -> attributes.add(attribute(workspace, export, name, profiles, traits)));
    RecordSettings settings =
        new RecordSettings(
            export.segments() == null ? List.of() : export.segmentIds(workspace.segments()),
            attributes,
            export.k(workspace.platform()),
            export.privacy().suppressionLimit() == null
                ? SUPPRESSION_LIMIT
                : export.privacy().suppressionLimit(),
            Optional.ofNullable(export.privacy().l()),
            Optional.ofNullable(export.privacy().t()));
    settings.check(workspace, export);
    return settings;
  }

  /** Attributes of a role, in order. */
  List<Attribute> of(Role role) {
    return attributes.stream().filter(attribute -> attribute.role() == role).toList();
  }

  /** The sensitive attributes that a model is about, in order. */
  List<Attribute> judged() {
    return attributes.stream()
        .filter(
            attribute ->
                diversity.filter(l -> l.attribute().equals(attribute.name())).isPresent()
                    || closeness.filter(t -> t.attribute().equals(attribute.name())).isPresent())
        .toList();
  }

  private static Attribute attribute(
      Workspace workspace, Export export, String name, StructType profiles, StructType traits) {
    Role role = export.attributes().get(name);
    Optional<Field> trait = column(traits, name);
    Optional<Field> source = trait.or(() -> column(profiles, name));
    Optional<ColumnContract> contract =
        trait.isPresent() ? Optional.empty() : contract(workspace, name);
    boolean place = source.isPresent() && name.equals(Profiles.PLACE.name());
    if (source.isEmpty() || (trait.isEmpty() && contract.isEmpty() && !place)) {
      throw invalid(export, "attributes", name, "profile columns, place, or traits");
    }
    Role promised = place ? Role.QUASI : contract.map(ColumnContract::role).orElse(null);
    if (role == Role.IDENTIFYING || weakens(role, promised)) {
      throw invalid(
          export, "attributes." + name, role, "a role no weaker than the column has by contract");
    }
    if (!place && !released(source.get().type())) {
      throw invalid(
          export, "attributes." + name, source.get().type().catalogString(), "one value a person");
    }
    Generalizable how =
        Generalizable.of(workspace, source.get(), contract.map(ColumnContract::hierarchy));
    return new Attribute(
        source.get(),
        trait.isPresent(),
        role,
        how,
        level(export, name, how.top()),
        contract.map(ColumnContract::allowed).orElse(List.of()));
  }

  /** Whether what is protected by contract would be released as if it were not. */
  private static boolean weakens(Role role, Role promised) {
    if (promised == null) {
      return false;
    }
    return switch (promised) {
      case IDENTIFYING -> true;
      case QUASI -> role != Role.QUASI;
      case SENSITIVE -> role == Role.INSENSITIVE;
      case INSENSITIVE -> false;
    };
  }

  private static boolean released(DataType type) {
    return !(type instanceof StructType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof BinaryType
        || type.equals(DataTypes.TimestampNTZType));
  }

  private static OptionalInt level(Export export, String name, int top) {
    JsonNode level = export.levels().get(name);
    if (level == null || level.asText().equals("auto")) {
      return OptionalInt.empty();
    }
    if (!level.isIntegralNumber() || level.asInt() < 0 || level.asInt() > top) {
      throw invalid(export, "levels." + name, level, "a whole number from 0 to " + top);
    }
    return OptionalInt.of(level.asInt());
  }

  private void check(Workspace workspace, Export export) {
    List<String> quasi = of(Role.QUASI).stream().map(Attribute::name).toList();
    if (quasi.isEmpty()) {
      throw invalid(
          export, "attributes", "no quasi-identifier", "at least one attribute that is quasi");
    }
    for (String leveled : export.levels().keySet()) {
      if (!quasi.contains(leveled)) {
        throw invalid(export, "levels." + leveled, "a level", "levels of what is quasi only");
      }
    }
    List<String> known =
        workspace.segments().segments().stream().map(segment -> segment.id()).toList();
    for (String id : segments) {
      if (!known.contains(id)) {
        throw invalid(export, "segments", id, "ids of segments of the client, or all");
      }
    }
    diversity.ifPresent(l -> checkModels(export, l));
    closeness.ifPresent(
        t -> {
          Attribute of = sensitive(export, "privacy.t", t.attribute());
          boolean tree = of.how().file().isPresent() || !of.how().intervals().isEmpty();
          if (t.distance() == Export.Closeness.Distance.HIERARCHICAL && !tree) {
            throw invalid(
                export, "privacy.t.distance", "hierarchical", "an attribute with a hierarchy");
          }
        });
  }

  private void checkModels(Export export, Export.Diversity l) {
    sensitive(export, "privacy.l", l.attribute());
    long models =
        Stream.of(l.distinct(), l.entropy(), l.recursive()).filter(model -> model != null).count();
    if (models != 1) {
      throw invalid(export, "privacy.l", models + " models", "one of distinct, entropy, recursive");
    }
  }

  private Attribute sensitive(Export export, String setting, String name) {
    return of(Role.SENSITIVE).stream()
        .filter(attribute -> attribute.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> invalid(export, setting, name, "an attribute of the export that is sensitive"));
  }

  private static Optional<ColumnContract> contract(Workspace workspace, String name) {
    return workspace.client().datasets().stream()
        .filter(dataset -> dataset.kind() == DatasetContract.Kind.PROFILE)
        .flatMap(dataset -> Stream.ofNullable(dataset.columns().get(name)))
        .findFirst();
  }

  private static Optional<Field> column(StructType table, String name) {
    return Stream.of(table.fields())
        .filter(field -> field.name().equals(name))
        .findFirst()
        .map(field -> Field.optional(name, field.dataType()));
  }

  private static ConfigException invalid(
      Export export, String setting, Object value, String expected) {
    return ConfigException.invalid("exports." + export.name() + "." + setting, value, expected);
  }

  /** The levels that are given, by name. */
  Map<String, Integer> given() {
    Map<String, Integer> given = new java.util.LinkedHashMap<>();
    for (Attribute attribute : of(Role.QUASI)) {
      attribute.level().ifPresent(level -> given.put(attribute.name(), level));
    }
    return given;
  }
}
