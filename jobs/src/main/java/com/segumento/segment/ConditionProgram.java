package com.segumento.segment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The conditions of all segments as one program: the different parts they are made of, each
 * computed once a row, and steps that join them. A thousand segments ask much of the same; and a
 * step is a look into a table, where code would have to be generated and compiled for each.
 *
 * <p>Not for two threads at a time.
 */
final class ConditionProgram implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Parts of one generated class: no class or method grows with the number of conditions. */
  private static final int GROUP = 100;

  private final Attempt[] parts;
  private final Attempt[] late;
  private final Step[] steps;
  private final int waterfalls;

  private transient List<UnsafeProjection> groups;
  private transient byte[] values;
  private transient boolean[] filled;

  /** What a step does. */
  enum Kind {
    AND,
    OR,
    NOT,
    /** Computes a part that reads segments, which are settled by then. */
    LATE,
    /** Settles a segment: of those that share a waterfall only the first holds. */
    SETTLE
  }

  /**
   * Makes a value.
   *
   * @param left place of a value; of {@link Kind#LATE} a part
   * @param right place of a value; of {@link Kind#SETTLE} a waterfall, or negative
   * @param flag of {@link Kind#SETTLE}, where the row says whether it is a member
   */
  record Step(Kind kind, int left, int right, int flag) implements Serializable {}

  /**
   * A program over rows of columns and then flags.
   *
   * @param parts that read columns alone; they make the first values
   * @param late parts that read flags too
   * @param steps each makes the next value
   * @param waterfalls how many there are
   */
  ConditionProgram(List<Attempt> parts, List<Attempt> late, List<Step> steps, int waterfalls) {
    this.parts = parts.toArray(Attempt[]::new);
    this.late = late.toArray(Attempt[]::new);
    this.steps = steps.toArray(Step[]::new);
    this.waterfalls = waterfalls;
  }

  /** Settles all segments for a row; true for those it is a member of, at their flags. */
  void run(DecodedRow row) {
    if (groups == null) {
      prepare();
    }
    int next = 0;
    for (UnsafeProjection group : groups) {
      UnsafeRow made = group.apply(row.columns());
      for (int i = 0; i < made.numFields(); i++) {
        values[next++] = made.getByte(i);
      }
    }
    Arrays.fill(filled, false);
    for (Step step : steps) {
      values[next++] = make(step, row);
    }
  }

  private byte make(Step step, DecodedRow row) {
    return switch (step.kind) {
      case AND -> Logic.and(values[step.left], values[step.right]);
      case OR -> Logic.or(values[step.left], values[step.right]);
      case NOT -> Logic.not(values[step.left]);
      case LATE -> (Byte) late[step.left].eval(row.columns());
      case SETTLE -> settle(step, row);
    };
  }

  private byte settle(Step step, DecodedRow row) {
    boolean holds = values[step.left] == Logic.TRUE && (step.right < 0 || !filled[step.right]);
    if (holds) {
      row.flag(step.flag);
      if (step.right >= 0) {
        filled[step.right] = true;
      }
    }
    return holds ? Logic.TRUE : Logic.FALSE;
  }

  @Override
  public String toString() {
    return steps.length + " steps"; // in plans
  }

  private void prepare() {
    groups = new ArrayList<>();
    for (int from = 0; from < parts.length; from += GROUP) {
      List<Expression> group =
          List.of(parts).subList(from, Math.min(from + GROUP, parts.length)).stream()
              .map(Expression.class::cast)
              .toList();
      Seq<Expression> all = CollectionConverters.asScala(group).toIndexedSeq();
      groups.add(UnsafeProjection.create(all));
    }
    values = new byte[parts.length + steps.length];
    filled = new boolean[waterfalls];
  }
}
