package com.segumento.privacy.engine;

import com.segumento.config.Export;
import com.segumento.model.Field;
import com.segumento.privacy.lattice.Hierarchy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The levels of one dimension among which a search may choose.
 *
 * @param low the finest, which loss is measured from
 * @param first the finest that may be chosen
 * @param high the coarsest
 */
record Rungs(Ladder ladder, int low, int first, int high) {

  /** All levels where the export says {@code auto}; else the one it says. */
  static Rungs of(Export export, Ladder ladder) {
    var configured = export.levels().get(ladder.published().name());
    if (configured == null || !configured.isIntegralNumber()) {
      return new Rungs(ladder, ladder.lowest(), ladder.lowest(), ladder.top());
    }
    int level = configured.intValue();
    return new Rungs(ladder, Math.min(ladder.lowest(), level), level, level);
  }

  /** That level alone; nothing where it may not be chosen. */
  OptionalInt pinned(Map<String, Integer> levels) {
    Integer level = levels.get(name());
    return level == null || level < first || level > high
        ? OptionalInt.empty()
        : OptionalInt.of(level);
  }

  String name() {
    return ladder.published().name();
  }

  /** A person's labels from the finest level to the coarsest, as an array. */
  Dataset<Row> labelled(Dataset<Row> persons, Field as) {
    Dataset<Row> rows = persons;
    List<Field> steps = new ArrayList<>();
    for (int level = low; level <= high; level++) {
      Field step = Field.required(as.name() + " at " + level, DataTypes.StringType);
      rows = ladder.levels().get(level).apply(rows, step);
      steps.add(step);
    }
    return rows.withColumn(
            as.name(),
            functions.array(
                steps.stream().map(Field::col).toArray(org.apache.spark.sql.Column[]::new)))
        .drop(steps.stream().map(Field::name).toArray(String[]::new));
  }

  /** Labels by level, as an array. */
  static Field path(String name) {
    return Field.required(name, new ArrayType(DataTypes.StringType, false));
  }

  /** In an order that depends on nothing else; that of Spark's texts. */
  static List<List<String>> sorted(List<List<String>> paths) {
    return paths.stream()
        .sorted(
            Comparator.comparing(
                path -> String.join("\u0000", path).getBytes(StandardCharsets.UTF_8),
                Arrays::compareUnsigned))
        .toList();
  }

  /**
   * The hierarchy of these paths up to {@code level}. What is unknown of some at a level and known
   * at the next stays apart, so that no level splits what the one below it joined: of such labels
   * the search sees several cells where one is published.
   */
  Hierarchy hierarchy(List<List<String>> paths, int level) {
    List<List<String>> lines = new ArrayList<>();
    for (List<String> path : paths) {
      String[] line = new String[path.size()];
      String above = "";
      for (int i = path.size() - 1; i >= 0; i--) {
        above = path.get(i) + "\u0000" + above;
        line[i] = above;
      }
      lines.add(List.of(line).subList(0, level - low + 1));
    }
    return Hierarchy.of(name(), lines);
  }
}
