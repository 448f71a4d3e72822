package com.segumento.segment;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Whether a person is a member of another segment: true or false, never null. Stands in a plan for
 * what {@link MatchedPositions} has found for that segment by then.
 */
final class InSegment extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String NAME = "in_segment";

  private final String id;

  InSegment(String id) {
    this.id = id;
  }

  /** Whether a person is a member of any; false for none. */
  static Expression any(Collection<String> ids) {
    return any(List.copyOf(ids));
  }

  // Balanced: a long list makes no deep tree.
  private static Expression any(List<String> ids) {
    return switch (ids.size()) {
      case 0 -> Literal.FalseLiteral();
      case 1 -> new InSegment(ids.get(0));
      default ->
          new Or(any(ids.subList(0, ids.size() / 2)), any(ids.subList(ids.size() / 2, ids.size())));
    };
  }

  /** Whether a function as parsed is that of this language. */
  static boolean isNameOf(UnresolvedFunction function) {
    return function.nameParts().mkString(".").equalsIgnoreCase(NAME);
  }

  /** The segment a function as parsed asks for, if it is put rightly. */
  static Optional<String> asked(UnresolvedFunction function) {
    boolean plain = !function.isDistinct() && function.filter().isEmpty();
    return plain
            && function.arguments().size() == 1
            && function.arguments().head() instanceof Literal literal
            && literal.dataType() instanceof StringType
            && literal.value() != null
        ? Optional.of(literal.value().toString())
        : Optional.empty();
  }

  /** A checked tree as parsed, with this for every call of the function. */
  static Expression putInto(Expression tree) {
    if (tree instanceof UnresolvedFunction function && isNameOf(function)) {
      return new InSegment(asked(function).orElseThrow());
    }
    List<Expression> children =
        CollectionConverters.asJava(tree.children()).stream().map(InSegment::putInto).toList();
    return children.isEmpty()
        ? tree
        : tree.withNewChildren(CollectionConverters.asScala(children).toIndexedSeq());
  }

  /** Adds the segments that a tree asks for, in the order it names them. */
  static void collect(Expression tree, Set<String> segments) {
    if (tree instanceof InSegment asked) {
      segments.add(asked.id);
    }
    CollectionConverters.asJava(tree.children()).forEach(child -> collect(child, segments));
  }

  String id() {
    return id;
  }

  @Override
  public Object eval(InternalRow row) {
    throw outOfPlace();
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    throw outOfPlace();
  }

  private IllegalStateException outOfPlace() {
    return new IllegalStateException(NAME + " has a value inside of matched positions only.");
  }

  @Override
  @SuppressWarnings("unchecked") // Nil is a list of anything
  public Seq<Expression> children() {
    return (Seq<Expression>) (Seq<?>) Nil$.MODULE$;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return this;
  }

  @Override
  public String sql() {
    return NAME + "('" + id + "')";
  }

  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return id;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof InSegment;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InSegment that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id);
  }
}
