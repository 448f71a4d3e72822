package com.segumento.segment;

import com.segumento.model.Field;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/**
 * An aggregate of an expression. Events for which it is null do not count; an overflow is null.
 *
 * @param time the instant of an event, which the first and the last need
 */
record ValueAggregate(Function function, SqlExpression value, Optional<Field> time)
    implements Aggregate {
  private static final String TIME = "time";
  private static final String VALUE = "value";

  /** The aggregates of a value. */
  enum Function {
    SUM,
    MIN,
    MAX,
    AVG,
    /** Of the first event; of two at the same instant, the least. */
    FIRST,
    /** Of the last event; of two at the same instant, the greatest. */
    LAST,
    /** How many different ones, exactly. */
    COUNT_DISTINCT,
    /** How many different ones, by a sketch that is mostly right within 5%. */
    APPROX_COUNT_DISTINCT,
    /** The most frequent one; of two as frequent, the least. */
    TOP;

    private static final Set<Function> NUMBERS = Set.of(SUM, AVG);
    private static final Set<Function> DISTINCT = Set.of(COUNT_DISTINCT, APPROX_COUNT_DISTINCT);

    boolean takes(DataType type) {
      return NUMBERS.contains(this)
          ? type instanceof NumericType
          : type instanceof AtomicType && !(type instanceof BinaryType);
    }

    /** Whether it counts values, and tells none. */
    boolean counts() {
      return DISTINCT.contains(this);
    }

    boolean needsTime() {
      return this == FIRST || this == LAST;
    }
  }

  @Override
  public Column over(Counted events) {
    Column counted = functions.when(events.counts(), normalized());
    return switch (function) {
      case SUM -> functions.try_sum(counted);
      case MIN -> functions.min(counted);
      case MAX -> functions.max(counted);
      case AVG -> functions.try_avg(counted);
      case FIRST -> functions.min(timed(events)).getField(VALUE);
      case LAST -> functions.max(timed(events)).getField(VALUE);
      case COUNT_DISTINCT ->
          functions.size(functions.collect_set(counted)).cast(DataTypes.LongType);
      case APPROX_COUNT_DISTINCT -> functions.approx_count_distinct(counted);
      case TOP -> functions.mode(counted, true);
    };
  }

  // Minus zero is zero: sets and frequencies would tell the two apart.
  private Column normalized() {
    boolean floating =
        value.type().equals(DataTypes.DoubleType) || value.type().equals(DataTypes.FloatType);
    boolean compared = function.counts() || function == Function.TOP;
    return floating && compared
        ? value.value().plus(functions.lit(0).cast(value.type()))
        : value.value();
  }

  private Column timed(Counted events) {
    Column at = time.orElseThrow().col();
    return functions.when(
        events.counts().and(at.isNotNull()).and(value.value().isNotNull()),
        functions.struct(at.as(TIME), value.value().as(VALUE)));
  }

  @Override
  public Column none() {
    return function.counts() ? functions.lit(0L) : functions.lit(null);
  }

  @Override
  public boolean numeric() {
    return function.counts() || value.type() instanceof NumericType;
  }

  @Override
  public Set<String> columns() {
    return value.columns();
  }

  @Override
  public String canonical() {
    return function + "(" + value.canonical() + ")";
  }
}
