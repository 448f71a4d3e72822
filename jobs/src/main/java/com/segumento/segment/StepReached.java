package com.segumento.segment;

import java.io.Serializable;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The step of a sequence a person reached, of the time in microseconds and the mask of each of its
 * events, in any order. Events of the same instant follow each other in the order of their masks:
 * what matches an earlier step comes first.
 *
 * @see SequenceMatcher
 */
final class StepReached extends Expression implements CodegenFallback, Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FIELDS = 2;

  private final Expression events;
  private final SequencePattern pattern;
  private final long end;

  StepReached(Expression events, SequencePattern pattern, long end) {
    this.events = events;
    this.pattern = pattern;
    this.end = end;
  }

  @Override
  public Object eval(InternalRow row) {
    ArrayData found = (ArrayData) events.eval(row);
    int size = found == null ? 0 : found.numElements();
    long[] times = new long[size];
    int[] masks = new int[size];
    boolean ordered = true;
    for (int i = 0; i < size; i++) {
      InternalRow event = found.getStruct(i, FIELDS);
      times[i] = event.getLong(0);
      masks[i] = event.getInt(1);
      ordered = ordered && (i == 0 || compare(times, masks, i - 1, i) <= 0);
    }
    return ordered ? reached(times, masks) : reachedInOrder(times, masks);
  }

  private int reachedInOrder(long[] times, int[] masks) {
    int[] order =
        IntStream.range(0, times.length)
            .boxed()
            .sorted((a, b) -> compare(times, masks, a, b))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] sortedTimes = IntStream.of(order).mapToLong(i -> times[i]).toArray();
    return reached(sortedTimes, IntStream.of(order).map(i -> masks[i]).toArray());
  }

  private int reached(long[] times, int[] masks) {
    return new SequenceMatcher(pattern, times, masks).reached(end);
  }

  private static int compare(long[] times, int[] masks, int a, int b) {
    int byTime = Long.compare(times[a], times[b]);
    return byTime != 0 ? byTime : Integer.compare(masks[a], masks[b]);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.IntegerType;
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(java.util.List.of(events)).toList();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new StepReached(newChildren.head(), pattern, end);
  }

  @Override
  public int productArity() {
    return FIELDS + 1;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> events;
      case 1 -> pattern;
      default -> end;
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof StepReached;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StepReached that
        && events.equals(that.events)
        && pattern.equals(that.pattern)
        && end == that.end;
  }

  @Override
  public int hashCode() {
    return Objects.hash(events, pattern, end);
  }
}
