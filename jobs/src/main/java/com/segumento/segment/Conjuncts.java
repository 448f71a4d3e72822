package com.segumento.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Takes a condition apart at its topmost {@code and}s. */
final class Conjuncts {
  private final ExpressionParser parser;

  private Conjuncts(SparkSession spark) {
    this.parser = new ExpressionParser(spark);
  }

  /**
   * The parts in their order, each as it is written; the condition as a whole where a part can't be
   * told apart in the text.
   */
  static List<String> of(SparkSession spark, String where) {
    Conjuncts conjuncts = new Conjuncts(spark);
    List<Expression> trees = new ArrayList<>();
    conjuncts.parse(where).ifPresent(tree -> split(tree, trees));
    List<String> parts = new ArrayList<>();
    for (Expression tree : trees) {
      conjuncts.text(where, tree).ifPresent(parts::add);
    }
    return parts.size() < 2 || parts.size() < trees.size() ? List.of(where) : parts;
  }

  private static void split(Expression tree, List<Expression> parts) {
    if (tree instanceof And and) {
      split(and.left(), parts);
      split(and.right(), parts);
    } else {
      parts.add(tree);
    }
  }

  // Spark knows where an operand begins and ends, but for brackets around it.
  private Optional<String> text(String where, Expression tree) {
    Extent extent = new Extent();
    extent.visit(tree);
    while (extent.within(where)) {
      String slice = where.substring(extent.first, extent.last + 1);
      if (parse(slice).filter(again -> again.sql().equals(tree.sql())).isPresent()) {
        return Optional.of(slice.strip());
      }
      if (!extent.widen(where)) {
        break;
      }
    }
    return Optional.of(tree.sql())
        .filter(sql -> parse(sql).filter(again -> again.sql().equals(sql)).isPresent());
  }

  private Optional<Expression> parse(String text) {
    return parser.parse(text, new ArrayList<>());
  }

  /** Where the first and the last character of an expression are. */
  private static final class Extent {
    private int first = Integer.MAX_VALUE;
    private int last = -1;

    void visit(Expression tree) {
      first = Math.min(first, position(tree.origin().startIndex(), Integer.MAX_VALUE));
      last = Math.max(last, position(tree.origin().stopIndex(), -1));
      CollectionConverters.asJava(tree.children()).forEach(this::visit);
    }

    boolean within(String text) {
      return first <= last && last < text.length();
    }

    /** Takes in the nearest bracket on the left and what is needed of those on the right. */
    boolean widen(String text) {
      String inner = text.substring(first, last + 1);
      int open = text.lastIndexOf('(', first - 1);
      int close = text.indexOf(')', last + 1);
      long opened = inner.chars().filter(c -> c == '(').count();
      long closed = inner.chars().filter(c -> c == ')').count();
      if (closed > opened && first > 0 && open >= 0) {
        first = open;
        return true;
      }
      if (opened > closed && close >= 0) {
        last = close;
        return true;
      }
      return false;
    }

    private static int position(Option<Object> index, int none) {
      return index.isEmpty() ? none : (Integer) index.get();
    }
  }
}
