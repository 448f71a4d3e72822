package com.segumento.segment;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Transformation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, Field> conditions = new LinkedHashMap<>();
    List<Column> columns = new ArrayList<>(List.of(functions.col("*")));
    for (TraitDefinition trait : traits) {
      trait.where().ifPresent(where -> condition(where, conditions, columns));
    }
    return events
        .filter(read().holds())
        .select(columns.toArray(Column[]::new))
        .groupBy(Persons.PERSON_KEY.col())
        .agg(
            EVENTS.as(functions.count(functions.lit(1))),
            traits.stream()
                .map(trait -> trait.over(date, where -> of(where, conditions)))
                .toArray(Column[]::new));
  }

  // Many traits ask for the same events: whether one is of them is computed once.
  private static void condition(
      SqlExpression where, Map<String, Field> conditions, List<Column> columns) {
    Field column = Field.optional("#where " + conditions.size(), DataTypes.BooleanType);
    if (conditions.putIfAbsent(where.canonical(), column) == null) {
      columns.add(column.as(where.value()));
    }
  }

  private static Column of(SqlExpression where, Map<String, Field> conditions) {
    return conditions.get(where.canonical()).col();
  }

  private Span read() {
    return Span.hull(traits.stream().flatMap(trait -> trait.spans(date).stream()).toList(), date);
  }
}
