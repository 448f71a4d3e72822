package com.segumento.segment;

import com.segumento.config.Segments.Trend;
import com.segumento.model.Field;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A checked trait of the events of a person, or a column that a single rule makes of them.
 *
 * @param from event dataset
 * @param where which events count; all where there is none
 * @param kept days retention keeps, the business date included. An older event never counts, not
 *     even one that is not purged yet, so that a night gives the same before and after a purge
 * @param trend what is made of the window and the one before it; the window alone without it
 */
record TraitDefinition(
    String name,
    String from,
    Optional<SqlExpression> where,
    Window window,
    int kept,
    Aggregate aggregate,
    Optional<Trend> trend) {

  /** The days of the events it looks at; may be none. */
  List<Span> spans(LocalDate date) {
    List<Span> spans = new ArrayList<>();
    Span span = window.span(date);
    spans.add(keep(span, date));
    trend.ifPresent(with -> spans.add(keep(span.before(), date)));
    return spans;
  }

  private Span keep(Span span, LocalDate date) {
    return span.within(Span.ending(date, kept));
  }

  /**
   * The trait of a person, over the person's events.
   *
   * @param conditions says for {@link #where} which column tells whether an event meets it
   */
  Column over(LocalDate date, Function<SqlExpression, Column> conditions) {
    Optional<Column> met = where.map(conditions);
    List<Column> values =
        spans(date).stream().map(span -> aggregate.over(counted(met, span, date))).toList();
    return trend
        .map(
            with ->
                switch (with) {
                  case RATIO -> ratio(values.get(0), values.get(1));
                  case DIFFERENCE ->
                      functions.call_function("try_subtract", values.get(0), values.get(1));
                })
        .orElse(values.get(0))
        .as(name);
  }

  /** The first by the second; null where that is 0. */
  static Column ratio(Column first, Column second) {
    return functions.try_divide(
        first.cast(DataTypes.DoubleType), second.cast(DataTypes.DoubleType));
  }

  private static Counted counted(Optional<Column> met, Span span, LocalDate date) {
    Column counts = met.map(column -> column.and(span.holds())).orElseGet(span::holds);
    return new Counted(counts, span, date);
  }

  /** The trait of a person, where a person without events has no row. */
  Column column() {
    Column value = Field.optional(name, DataTypes.NullType).col();
    boolean ratio = trend.filter(Trend.RATIO::equals).isPresent();
    return ratio ? value : functions.coalesce(value, aggregate.none()).as(name);
  }

  /** Its name as an expression names it. */
  String quoted() {
    return "`" + name + "`";
  }

  /** Columns of the events it reads. */
  Set<String> columns() {
    Set<String> columns = new TreeSet<>(aggregate.columns());
    where.ifPresent(rule -> columns.addAll(rule.columns()));
    return columns;
  }

  /** What the trait computes, whatever its name and however it is written. */
  String canonical() {
    String canonical =
        String.join(
            "|",
            from,
            where.map(SqlExpression::canonical).orElse(""),
            window.canonical(),
            aggregate.canonical());
    String compared = trend.map(with -> "|" + with.name().toLowerCase(Locale.ROOT)).orElse("");
    return canonical + compared + (isCut() ? "|kept " + kept : "");
  }

  // Whether retention can cut the window short: only then does it change what is computed.
  private boolean isCut() {
    int reach = window.reach() + 1;
    return (trend.isPresent() ? 2L * reach : reach) > kept;
  }
}
