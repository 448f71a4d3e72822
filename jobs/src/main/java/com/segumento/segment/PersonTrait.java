package com.segumento.segment;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;

/** A checked trait made of other columns of the person, once all events have been looked at. */
sealed interface PersonTrait permits FormulaTrait, SurveyTrait {
  String name();

  DataType type();

  /** The traits, profile columns and {@link #hidden} columns it reads. */
  Set<String> columns();

  /** Columns of its own that are made of events; their names begin with {@code #}. */
  List<TraitDefinition> hidden();

  /** What it computes, however it is written; what it reads is named in it, not spelt out. */
  String canonical();
}
