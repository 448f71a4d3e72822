package com.segumento.segment;

import com.segumento.lake.ReadPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.joins.BaseJoinExec;
import scala.jdk.javaapi.CollectionConverters;

/** Physical plans as names of operators, joins and tables; expressions are left out. */
final class PlanOutline {
  private static final String INDENT = "  ";

  private final List<String> lines = new ArrayList<>();

  /** Adds the plan of {@code rows} under a heading. */
  void add(String heading, Dataset<Row> rows) {
    lines.add(heading);
    visit(
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().executedPlan(), INDENT);
  }

  List<String> lines() {
    return lines;
  }

  private void visit(SparkPlan plan, String indent) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      visit(adaptive.initialPlan(), indent);
      return;
    }
    if (plan instanceof WholeStageCodegenExec || plan instanceof InputAdapter) {
      CollectionConverters.asJava(plan.children()).forEach(child -> visit(child, indent));
      return;
    }
    lines.add(indent + says(plan));
    CollectionConverters.asJava(plan.children()).forEach(child -> visit(child, indent + INDENT));
  }

  private static String says(SparkPlan plan) {
    if (plan instanceof FileSourceScanExec scan) {
      return "Scan "
          + table(scan)
          + " ["
          + String.join(", ", scan.requiredSchema().fieldNames())
          + "]";
    }
    if (plan instanceof BaseJoinExec join) {
      return plan.nodeName() + " " + join.joinType().sql().toLowerCase(Locale.ROOT);
    }
    return plan.nodeName();
  }

  /** The last part of where a table lies is its logical name. */
  private static String table(FileSourceScanExec scan) {
    return ReadPaths.of(scan.relation()).stream()
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .collect(Collectors.joining(", "));
  }
}
