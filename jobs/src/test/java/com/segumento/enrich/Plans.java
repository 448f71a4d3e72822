package com.segumento.enrich;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a physical plan does. */
final class Plans {
  private static final Pattern JOIN = Pattern.compile("\\b(\\w*Join|CartesianProduct)\\b");

  private Plans() {}

  /** The kinds of join in a plan. */
  static Set<String> joins(Dataset<Row> rows) {
    Set<String> joins = new TreeSet<>();
    Matcher matcher =
        JOIN.matcher(
            ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .executedPlan()
                .toString());
    while (matcher.find()) {
      joins.add(matcher.group());
    }
    return joins;
  }
}
