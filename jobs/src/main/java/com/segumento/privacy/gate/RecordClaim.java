package com.segumento.privacy.gate;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Role;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Field;
import com.segumento.model.Profiles;
import com.segumento.model.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What an export claims of its records, as the definitions say it.
 *
 * @param segments whose members alone may appear; none where everybody may
 * @param attributes all columns, in order
 * @param k at least so many persons a class
 * @param limit share of the persons that may be left out at most
 */
record RecordClaim(
    Optional<Set<String>> segments,
    List<Attribute> attributes,
    int k,
    double limit,
    Optional<Export.Diversity> diversity,
    Optional<Export.Closeness> closeness) {

  /**
   * A column.
   *
   * @param source the column of the source
   * @param trait whether that is one of the traits
   * @param quasi whether it is generalized
   */
  record Attribute(Field source, boolean trait, boolean quasi) {
    Field released() {
      return quasi ? Records.label(source.name()) : Records.value(source.name(), source.type());
    }
  }

  /** Whether all that {@code export} promises can be checked here, and may be promised. */
  static boolean checkable(Workspace workspace, Export export) {
    boolean figures =
        export.privacy().dominance() == null
            && export.privacy().roundTo() == null
            && export.privacy().dp() == null;
    boolean leveled = false;
    boolean roles = true;
    for (Map.Entry<String, Role> attribute : export.attributes().entrySet()) {
      boolean quasi = attribute.getValue() == Role.QUASI;
      leveled |= quasi;
      roles &= mayBe(workspace, attribute.getKey(), attribute.getValue());
      roles &=
          !quasi
              || (export.levels().containsKey(attribute.getKey())
                  && export.levels().get(attribute.getKey()).isIntegralNumber());
    }
    return export.kind() == Export.Kind.RECORDS && figures && leveled && roles && models(export);
  }

  /** Whether the models are such as are known here, of attributes that are sensitive. */
  private static boolean models(Export export) {
    Export.Diversity l = export.privacy().l();
    boolean oneModel =
        l == null
            || Stream.of(l.distinct(), l.entropy(), l.recursive())
                    .filter(model -> model != null)
                    .count()
                == 1;
    return oneModel
        && Stream.of(
                Optional.ofNullable(l).map(Export.Diversity::attribute),
                Optional.ofNullable(export.privacy().t()).map(Export.Closeness::attribute))
            .flatMap(Optional::stream)
            .allMatch(name -> export.attributes().get(name) == Role.SENSITIVE);
  }

  /** Whether a column of this name may be released in this role. */
  private static boolean mayBe(Workspace workspace, String name, Role role) {
    if (name.equals(Profiles.PLACE.name())) {
      return role == Role.QUASI;
    }
    Role promised = contract(workspace, name).map(ColumnContract::role).orElse(Role.INSENSITIVE);
    return role != Role.IDENTIFYING
        && promised != Role.IDENTIFYING
        && (promised != Role.QUASI || role == Role.QUASI)
        && (promised != Role.SENSITIVE || role != Role.INSENSITIVE);
  }

  static RecordClaim of(
      Workspace workspace, Export export, StructType profiles, StructType traits) {
    List<Attribute> attributes = new ArrayList<>();
    export
        .attributes()
        .forEach(
            (name, role) -> {
              Optional<Field> trait = column(traits, name);
              Field source = trait.or(() -> column(profiles, name)).orElseThrow();
              attributes.add(new Attribute(source, trait.isPresent(), role == Role.QUASI));
            });
    int floor = workspace.platform().privacy().kFloor();
    int asked =
        Optional.ofNullable(export.privacy().k()).orElse(workspace.platform().privacy().defaultK());
    return new RecordClaim(
        segments(workspace, export),
        attributes,
        asked < floor ? floor : asked,
        Optional.ofNullable(export.privacy().suppressionLimit()).orElse(0.0),
        Optional.ofNullable(export.privacy().l()),
        Optional.ofNullable(export.privacy().t()));
  }

  StructType schema() {
    return Field.schema(attributes.stream().map(Attribute::released).toArray(Field[]::new));
  }

  /** Where an attribute stands. */
  int index(String name) {
    return IntStream.range(0, attributes.size())
        .filter(i -> attributes.get(i).source().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What the contract of a profile column says of it. */
  static Optional<ColumnContract> contract(Workspace workspace, String name) {
    return workspace.client().datasets().stream()
        .filter(dataset -> dataset.kind() != DatasetContract.Kind.EVENT)
        .flatMap(dataset -> Stream.ofNullable(dataset.columns().get(name)))
        .findFirst();
  }

  private static Optional<Set<String>> segments(Workspace workspace, Export export) {
    if (export.segments() == null) {
      return Optional.empty();
    }
    if (export.segments().isTextual()) {
      return Optional.of(
          Set.copyOf(workspace.segments().segments().stream().map(one -> one.id()).toList()));
    }
    return Optional.of(
        Set.copyOf(
            StreamSupport.stream(export.segments().spliterator(), false)
                .map(id -> id.textValue())
                .toList()));
  }

  private static Optional<Field> column(StructType table, String name) {
    return Stream.of(table.fields())
        .filter(column -> column.name().equals(name))
        .findFirst()
        .map(StructField::dataType)
        .map(type -> Field.optional(name, type));
  }
}
