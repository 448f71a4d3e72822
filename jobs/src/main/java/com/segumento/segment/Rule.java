package com.segumento.segment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What makes a person a member of a segment.
 *
 * @param canonical the same text for every way of writing the same rule; what it reads of traits
 *     and other segments is named in it, not spelt out
 * @param condition over columns of the person: of the profile, traits, and columns of the rule's
 *     own whose names begin with {@code #}; other segments are read by {@link InSegment}
 * @param hidden columns of the rule's own that are made of the person's events
 * @param survey adds the columns of the rule's own that only a look at all persons can tell
 */
record Rule(
    String canonical,
    SqlExpression condition,
    List<TraitDefinition> hidden,
    Optional<Survey> survey) {
  Rule {
    hidden = List.copyOf(hidden);
  }

  /** A rule of a condition alone. */
  static Rule of(String canonical, SqlExpression condition) {
    return new Rule(canonical, condition, List.of(), Optional.empty());
  }

  /** The segments whose members it reads, in the order it names them. */
  Set<String> segments() {
    Set<String> segments = new LinkedHashSet<>(condition.segments());
    survey.ifPresent(all -> segments.addAll(all.segments()));
    return segments;
  }

  /** The columns it reads, those of its own among them. */
  Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>(condition.columns());
    survey.ifPresent(all -> columns.addAll(all.columns()));
    return columns;
  }
}
