package com.segumento.segment;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
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
 * a filter on it that was pushed down. Its conditions are no part of the plan: see {@link
 * BoundConditions}.
 */
final class MatchedPositions extends Expression implements CodegenFallback, Serializable {
  private static final long serialVersionUID = 1L;

  private final Seq<Expression> columns;
  private final ConditionProgram program;
  private final int[] order;
  private final int[] numbers;
  private transient DecodedRow row;

  /**
   * @param order positions of the segments by their numbers, from 0
   * @param numbers in this order
   */
  private MatchedPositions(
      Seq<Expression> columns, ConditionProgram program, int[] order, int[] numbers) {
    this.columns = columns;
    this.program = program;
    this.order = order;
    this.numbers = numbers;
  }

  /** Positions of segments, from 1, over these rows. */
  static Column of(Dataset<Row> persons, List<SegmentDefinition> segments) {
    return of(persons, segments, IntStream.rangeClosed(1, segments.size()).boxed().toList());
  }

  /**
   * Over these rows of persons.
   *
   * @param segments each after those it reads
   * @param numbers of the segments
   */
  static Column of(Dataset<Row> persons, List<SegmentDefinition> segments, List<Integer> numbers) {
    BoundConditions bound =
        BoundConditions.of(
            persons.sparkSession(),
            persons.schema(),
            segments.stream().map(segment -> segment.rule().condition()).toList());
    List<Expression> columns = bound.columns().stream().map(ExpressionUtils::expression).toList();
    int[] order =
        IntStream.range(0, segments.size())
            .boxed()
            .sorted(Comparator.comparing(numbers::get))
            .mapToInt(Integer::intValue)
            .toArray();
    return ExpressionUtils.column(
        new MatchedPositions(
            CollectionConverters.asScala(columns).toIndexedSeq(),
            ConditionCompiler.compile(segments, bound.trees(), columns.size()),
            order,
            IntStream.of(order).map(numbers::get).toArray()));
  }

  @Override
  public Object eval(InternalRow input) {
    if (row == null) {
      row = new DecodedRow(columns.size(), order.length);
    }
    row.read(columns, input);
    program.run(row);
    int[] found = new int[order.length];
    int size = 0;
    for (int i = 0; i < found.length; i++) {
      if (row.isFlagged(columns.size() + order[i])) {
        found[size++] = numbers[i];
      }
    }
    return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOf(found, size));
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
    return columns;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new MatchedPositions(newChildren, program, order, numbers);
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? columns : program;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof MatchedPositions;
  }

  // Of the same program, which is made together with the numbers.
  @Override
  public boolean equals(Object other) {
    return other instanceof MatchedPositions that
        && columns.equals(that.columns)
        && program == that.program;
  }

  @Override
  public int hashCode() {
    return Objects.hash(columns, program);
  }
}
