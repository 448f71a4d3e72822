package com.segumento.segment;

import com.segumento.model.Field;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The step of a sequence a person reached, see {@link SequenceMatcher}. Only the instants of events
 * that match a step are gathered, with the steps they match, in the one aggregation of the events.
 *
 * @param steps what each step of the definition says, in order, those that must not happen included
 * @param time the instant of an event; one without it is in no step
 */
record SequenceAggregate(List<SqlExpression> steps, SequencePattern pattern, Field time)
    implements Aggregate {

  SequenceAggregate {
    steps = List.copyOf(steps);
  }

  @Override
  public Column over(Counted events) {
    Column mask = functions.lit(0);
    for (int i = 0; i < steps.size(); i++) {
      mask = mask.plus(functions.when(steps.get(i).value(), functions.lit(1 << i)).otherwise(0));
    }
    Column counts = events.counts().and(time.col().isNotNull()).and(mask.gt(0));
    Column gathered =
        functions.collect_list(
            functions.when(counts, functions.struct(functions.unix_micros(time.col()), mask)));
    long end =
        TimeUnit.SECONDS.toMicros(
            events.span().last().plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    return ExpressionUtils.column(
        new StepReached(ExpressionUtils.expression(gathered), pattern, end));
  }

  @Override
  public Column none() {
    return functions.lit(0).cast(DataTypes.IntegerType);
  }

  @Override
  public Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    steps.forEach(step -> columns.addAll(step.columns()));
    return columns;
  }

  @Override
  public String canonical() {
    return "sequence|" + steps.stream().map(SqlExpression::canonical).toList() + "|" + pattern;
  }
}
