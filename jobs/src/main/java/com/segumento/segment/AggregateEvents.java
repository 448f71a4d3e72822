package com.segumento.segment;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * All traits of one event table in one scan and one aggregation: one row per person with events in
 * the days any of them looks at. Persons without any have no row.
 *
 * @param traits at least one, all of the same event table
 */
record AggregateEvents(List<TraitDefinition> traits, LocalDate date) implements Transformation {
  /** Events of the person on those days. No trait can have this name. */
  static final Field EVENTS = Field.required("#events", DataTypes.LongType);

  AggregateEvents {
    traits = List.copyOf(traits);
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> events) {
    return events
        .filter(read().holds())
        .groupBy(Persons.PERSON_KEY.col())
        .agg(
            EVENTS.as(functions.count(functions.lit(1))),
            traits.stream().map(trait -> trait.over(date)).toArray(Column[]::new));
  }

  private Span read() {
    return Span.hull(traits.stream().flatMap(trait -> trait.spans(date).stream()).toList(), date);
  }
}
