package com.segumento.segment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The numbers of the segments a row is a member of, from the lowest; a condition that is null does
 * not hold. Segments are settled in their order, so that one can read those before it.
 *
 * <p>Said not to be deterministic, so that Spark computes it once where it stands, and not again in
 * a filter on it that was pushed down.
 *
 * <p>Each group of conditions is generated code of its own, apart from the stage around it, so that
 * no class or method grows with the number of conditions.
 */
final class MatchedPositions extends Expression implements CodegenFallback, Serializable {
  private static final long serialVersionUID = 1L;

  /** Conditions of one generated class. */
  private static final int GROUP = 100;

  private final Seq<Expression> conditions;
  private final List<SettledPlace> places;
  private final List<Integer> numbers;
  private transient List<UnsafeProjection> groups;
  private transient DecodedRow columns;

  private MatchedPositions(
      Seq<Expression> conditions, List<SettledPlace> places, List<Integer> numbers) {
    this.conditions = conditions;
    this.places = places;
    this.numbers = numbers;
  }

  /** Positions of segments, from 1, over rows of persons. */
  static Column of(List<SegmentDefinition> segments) {
    return of(segments, IntStream.rangeClosed(1, segments.size()).boxed().toList());
  }

  /**
   * Over rows of persons.
   *
   * @param segments each after those it reads
   * @param numbers of the segments
   */
  static Column of(List<SegmentDefinition> segments, List<Integer> numbers) {
    List<Expression> conditions =
        segments.stream().map(segment -> segment.rule().condition().guarded()).toList();
    return ExpressionUtils.column(
        new MatchedPositions(
            CollectionConverters.asScala(conditions).toIndexedSeq(),
            SettledPlace.of(segments),
            List.copyOf(numbers)));
  }

  @Override
  public Object eval(InternalRow row) {
    if (groups == null) {
      compile();
    }
    InternalRow settled = columns.of(row);
    groups.forEach(group -> group.apply(settled));
    int[] found = new int[places.size()];
    int size = 0;
    for (int i = 0; i < found.length; i++) {
      if (settled.getBoolean(columns.width() + i)) {
        found[size++] = numbers.get(i);
      }
    }
    Arrays.sort(found, 0, size);
    return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOf(found, size));
  }

  private void compile() {
    columns = new DecodedRow(conditions, SettledPlace.flags(places));
    Map<String, Integer> order = SettledPlace.order(places);
    List<Expression> settled = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      settled.add(places.get(i).settle(conditions.apply(i), columns.width(), order));
    }
    groups = new ArrayList<>();
    for (int from = 0; from < settled.size(); from += GROUP) {
      List<Expression> group = settled.subList(from, Math.min(from + GROUP, settled.size()));
      groups.add(UnsafeProjection.create(CollectionConverters.asScala(group).toIndexedSeq()));
    }
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return new ArrayType(DataTypes.IntegerType, false);
  }

  @Override
  public Seq<Expression> children() {
    return conditions;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new MatchedPositions(newChildren, places, numbers);
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return List.of(conditions, places, numbers).get(index);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof MatchedPositions;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MatchedPositions that
        && conditions.equals(that.conditions)
        && places.equals(that.places)
        && numbers.equals(that.numbers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(conditions, places, numbers);
  }
}
