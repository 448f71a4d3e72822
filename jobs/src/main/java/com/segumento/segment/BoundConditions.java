package com.segumento.segment;

import com.segumento.model.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Conditions over the columns of a person, resolved and simplified by Spark once, over an empty
 * table of the same columns: in the plan that computes them they would be gone through again by
 * each of its rules, as often as it is looked at.
 *
 * <p>A plan of theirs is not there for {@link ReadGuard} to see. So what could read more than its
 * row, a subquery above all, is refused here.
 *
 * @param trees in the order of the conditions; they read {@link #columns} by their positions, and
 *     other segments by {@link InSegment}
 * @param columns that are read; a member of a struct is a column by itself
 */
record BoundConditions(List<Expression> trees, List<Column> columns) {
  BoundConditions {
    trees = List.copyOf(trees);
    columns = List.copyOf(columns);
  }

  /**
   * Binds conditions.
   *
   * @throws ConfigException where one could read more than its row
   */
  static BoundConditions of(SparkSession spark, StructType persons, List<SqlExpression> all) {
    if (all.isEmpty()) {
      return new BoundConditions(List.of(), List.of());
    }
    Column[] conditions = new Column[all.size()];
    for (int i = 0; i < conditions.length; i++) {
      conditions[i] = all.get(i).value().as("c" + i);
    }
    QueryExecution plans =
        ((org.apache.spark.sql.classic.Dataset<Row>) none(spark, persons).select(conditions))
            .queryExecution();
    refuse(plans.analyzed());
    if (!(plans.optimizedPlan() instanceof Project simplified)) {
      throw new IllegalStateException(
          "Conditions over no table became " + plans.optimizedPlan().nodeName() + ".");
    }
    Binding binding = new Binding();
    List<Expression> trees =
        CollectionConverters.asJava(simplified.projectList()).stream()
            .map(condition -> binding.bind(bare(((Alias) condition).child())))
            .toList();
    return new BoundConditions(trees, binding.columns);
  }

  // Not one of driver rows: Spark would compute it while it plans.
  private static Dataset<Row> none(SparkSession spark, StructType schema) {
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).<Row>emptyRDD(), schema);
  }

  private static void refuse(LogicalPlan plan) {
    for (Expression tree : CollectionConverters.asJava(plan.expressions())) {
      if (!tree.deterministic() || tree.exists(PlanExpression.class::isInstance)) {
        throw new ConfigException(
            "A condition of a segment would read more than the row of a person. Segments read the"
                + " client's own tables and references only, and the same every time: remove what"
                + " names anything else.");
      }
    }
  }

  // What it was resolved with is put around all conditions anew: NullOnFailure.
  private static Expression bare(Expression condition) {
    return condition instanceof NullOnFailure ? condition.children().head() : condition;
  }

  /** Gives the columns positions. */
  private static final class Binding {
    private final Map<List<String>, Integer> positions = new LinkedHashMap<>();
    private final List<Column> columns = new ArrayList<>();

    Expression bind(Expression tree) {
      List<String> path = new ArrayList<>();
      Column column = path(tree, path);
      if (column != null) {
        int position = positions.computeIfAbsent(List.copyOf(path), any -> columns.size());
        if (position == columns.size()) {
          columns.add(column);
        }
        return new BoundReference(position, tree.dataType(), true);
      }
      List<Expression> children =
          CollectionConverters.asJava(tree.children()).stream().map(this::bind).toList();
      return children.isEmpty()
          ? tree
          : tree.withNewChildren(CollectionConverters.asScala(children).toIndexedSeq());
    }

    private static Column path(Expression tree, List<String> path) {
      if (tree instanceof AttributeReference column) {
        path.add(column.name());
        return Figures.column(column.name());
      }
      if (tree instanceof GetStructField member) {
        Column struct = path(member.child(), path);
        path.add(member.extractFieldName());
        return struct == null ? null : struct.getField(member.extractFieldName());
      }
      return null;
    }
  }
}
