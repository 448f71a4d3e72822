package com.segumento.segment;

import com.segumento.model.Events;
import com.segumento.model.Persons;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a rule may name.
 *
 * @param columns as declared; what a table holds besides is out of reach
 * @param segments ids of the segments whose members it may ask for; none of them where it is a rule
 *     of events
 */
record Scope(StructType columns, Optional<Set<String>> segments) {
  private static final Set<String> NEVER =
      Set.of(Persons.PERSON_KEY.name(), Events.DROP_ID.name(), Events.DROP_DATE.name());

  /** Columns alone. */
  Scope(StructType columns) {
    this(columns, Optional.empty());
  }

  /** Why this is the id of no segment in scope, if it is none. */
  Optional<String> noSegment(String id) {
    if (segments.isEmpty()) {
      return Optional.of(
          "in_segment asks for a person's segments. It belongs to the rule of a segment alone.");
    }
    return segments.get().contains(id)
        ? Optional.empty()
        : Optional.of("no segment " + id + " is defined." + DidYouMean.hint(id, segments.get()));
  }

  /** What is wrong with a name, if anything is. */
  Optional<String> problem(List<String> parts) {
    String name = String.join(".", parts);
    if (NEVER.stream().anyMatch(parts.get(0)::equalsIgnoreCase)) {
      return Optional.of(name + " identifies a person or a drop and is never part of a rule.");
    }
    StructType within = columns;
    for (String part : parts) {
      Optional<StructField> field = within == null ? Optional.empty() : find(within, part);
      if (field.isEmpty()) {
        return Optional.of("no column " + name + " is in scope." + DidYouMean.hint(name, names()));
      }
      within = field.get().dataType() instanceof StructType inner ? inner : null;
    }
    return Optional.empty();
  }

  /** The declared name of the column a reference begins with. */
  String column(List<String> parts) {
    return find(columns, parts.get(0)).orElseThrow().name();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (StructField field : columns.fields()) {
      names.add(field.name());
      if (field.dataType() instanceof StructType inner) {
        for (String member : inner.fieldNames()) {
          names.add(field.name() + "." + member);
        }
      }
    }
    return names;
  }

  private static Optional<StructField> find(StructType columns, String name) {
    return Stream.of(columns.fields())
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
