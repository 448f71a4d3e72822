package com.segumento.segment;

import com.segumento.segment.ConditionProgram.Kind;
import com.segumento.segment.ConditionProgram.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Conditions to a {@link ConditionProgram}: takes them apart at {@code and}, {@code or} and {@code
 * not}, as far as that makes no difference, and keeps one of each part and step.
 */
final class ConditionCompiler {
  private final Map<Expression, Integer> parts = new HashMap<>();
  private final List<Attempt> early = new ArrayList<>();
  private final List<Attempt> late = new ArrayList<>();
  private final Map<Step, Integer> places = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Integer> settled = new HashMap<>();
  private final Map<String, Integer> flags = new HashMap<>();
  private final Map<String, Integer> waterfalls = new HashMap<>();

  private ConditionCompiler() {}

  /**
   * The program of segments, each after those it reads; its flags are in their order.
   *
   * @param trees their conditions
   * @param columns how many these read
   */
  static ConditionProgram compile(
      List<SegmentDefinition> segments, List<Expression> trees, int columns) {
    ConditionCompiler compiler = new ConditionCompiler();
    for (Expression tree : trees) {
      compiler.collect(tree);
    }
    for (int i = 0; i < segments.size(); i++) {
      compiler.settle(segments.get(i), trees.get(i), columns + i);
    }
    return new ConditionProgram(
        compiler.early, compiler.late, compiler.steps, compiler.waterfalls.size());
  }

  /** Finds the parts that need no segment: their values come first. */
  private void collect(Expression tree) {
    if (isJoined(tree)) {
      CollectionConverters.asJava(tree.children()).forEach(this::collect);
    } else if (!readsSegments(tree) && !parts.containsKey(tree)) {
      parts.put(tree, early.size());
      early.add(new Attempt(tree));
    }
  }

  private void settle(SegmentDefinition segment, Expression tree, int flag) {
    int waterfall =
        segment
            .waterfall()
            .map(name -> waterfalls.computeIfAbsent(name, key -> waterfalls.size()))
            .orElse(-1);
    settled.put(segment.id(), step(new Step(Kind.SETTLE, place(tree), waterfall, flag)));
    flags.put(segment.id(), flag);
  }

  /** Where the value of a condition is. */
  private int place(Expression tree) {
    if (isJoined(tree)) {
      int left = place(tree.children().head());
      return tree instanceof Not
          ? step(new Step(Kind.NOT, left, left, 0))
          : step(
              new Step(
                  tree instanceof And ? Kind.AND : Kind.OR,
                  left,
                  place(tree.children().last()),
                  0));
    }
    if (tree instanceof InSegment asked) {
      return settled.get(asked.id());
    }
    return readsSegments(tree) ? late(tree) : parts.get(tree);
  }

  private int late(Expression tree) {
    Expression reading = reading(tree);
    int part = parts.computeIfAbsent(reading, any -> late.size());
    if (part == late.size()) {
      late.add(new Attempt(reading));
    }
    return step(new Step(Kind.LATE, part, 0, 0));
  }

  private int step(Step step) {
    return places.computeIfAbsent(
        step,
        any -> {
          steps.add(step);
          return early.size() + steps.size() - 1;
        });
  }

  private static boolean isJoined(Expression tree) {
    return tree instanceof Not
        || ((tree instanceof And || tree instanceof Or)
            && SureExpressions.holds(tree.children().last()));
  }

  private static boolean readsSegments(Expression tree) {
    return tree.exists(InSegment.class::isInstance);
  }

  private Expression reading(Expression tree) {
    if (tree instanceof InSegment asked) {
      return new SettledFlag(flags.get(asked.id()));
    }
    List<Expression> children =
        CollectionConverters.asJava(tree.children()).stream().map(this::reading).toList();
    return children.isEmpty()
        ? tree
        : tree.withNewChildren(CollectionConverters.asScala(children).toIndexedSeq());
  }
}
