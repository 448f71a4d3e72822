package com.segumento.lake;

import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.jdk.javaapi.CollectionConverters;

/** What a plan would read, from its analyzed form; nothing is read for it. */
public final class ReadPaths {
  private ReadPaths() {}

  /**
   * Sources of {@code rows} that are not under one of {@code prefixes}: paths, or the kind of a
   * source that has none. Rows the driver holds are no source.
   */
  public static List<String> outside(Dataset<Row> rows, List<String> prefixes) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed();
    TreeSet<String> outside = new TreeSet<>();
    CollectionConverters.asJava(plan.collectLeaves())
        .forEach(leaf -> outside.addAll(sources(leaf)));
    List<String> allowed = prefixes.stream().map(ReadPaths::normal).toList();
    outside.removeIf(source -> allowed.stream().anyMatch(prefix -> under(source, prefix)));
    return List.copyOf(outside);
  }

  /** Where the files of a source lie. */
  public static List<String> of(HadoopFsRelation files) {
    return CollectionConverters.asJava(files.location().rootPaths()).stream()
        .map(path -> normal(path.toString()))
        .toList();
  }

  private static List<String> sources(LogicalPlan leaf) {
    if (leaf instanceof LogicalRelation relation
        && relation.relation() instanceof HadoopFsRelation files) {
      return of(files);
    }
    boolean driverRows = leaf instanceof LocalRelation || leaf instanceof OneRowRelation;
    boolean empty = leaf instanceof LogicalRDD rows && rows.rdd().getNumPartitions() == 0;
    return driverRows || empty ? List.of() : List.of(leaf.nodeName());
  }

  private static boolean under(String source, String prefix) {
    return source.equals(prefix) || source.startsWith(prefix + "/");
  }

  private static String normal(String path) {
    return new Path(path).toString().replaceFirst("^file:/+", "/");
  }
}
