package com.segumento.privacy.engine;

import com.segumento.config.Export;
import com.segumento.model.Field;
import com.segumento.privacy.lattice.Hierarchy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
 * @param apart whether the values themselves, by which loss is measured, are a level of their own
 *     below the one level there is
 */
record Rungs(Ladder ladder, int low, int first, int high, boolean apart) {

  Rungs(Ladder ladder, int low, int first, int high) {
    this(ladder, low, first, high, false);
  }

  /** All levels where the export says {@code auto}; else the one it says. */
  static Rungs of(Export export, Ladder ladder) {
    var configured = export.levels().get(ladder.published().name());
    if (configured == null || !configured.isIntegralNumber()) {
      return new Rungs(ladder, ladder.lowest(), ladder.lowest(), ladder.top());
    }
    int level = configured.intValue();
    return new Rungs(ladder, Math.min(ladder.lowest(), level), level, level);
  }

  /** The same with nothing but one level to choose. */
  Rungs alone(int level) {
    return new Rungs(ladder, low, level, level, true);
  }

  /** These levels, or in their place one level alone each time, where they are not nested. */
  static List<List<Rungs>> views(List<Rungs> rungs, List<List<List<String>>> paths) {
    List<List<Rungs>> views = new ArrayList<>(List.of(List.of()));
    for (int d = 0; d < rungs.size(); d++) {
      Rungs whole = rungs.get(d);
      List<Rungs> ways =
          whole.nested(paths.get(d))
              ? List.of(whole)
              : IntStream.rangeClosed(whole.first(), whole.high()).mapToObj(whole::alone).toList();
      List<List<Rungs>> longer = new ArrayList<>();
      for (List<Rungs> view : views) {
        ways.forEach(way -> longer.add(Stream.concat(view.stream(), Stream.of(way)).toList()));
      }
      views = longer;
    }
    return views;
  }

  /** Where {@code level} is in the {@link #hierarchy}. */
  int index(int level) {
    return apart ? 1 : level - low;
  }

  /** The level at {@code index} of the hierarchy. */
  int level(int index) {
    return apart ? first : index + low;
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
   * Whether no level from {@link #first} on splits what the one below it joined. It does where a
   * place is not known of some at a level and is at the next: of several states those whose
   * district is unknown are in one cell.
   */
  boolean nested(List<List<String>> paths) {
    for (int i = first - low; i < high - low; i++) {
      Map<String, String> above = new HashMap<>();
      for (List<String> path : paths) {
        String known = above.putIfAbsent(path.get(i), path.get(i + 1));
        if (known != null && !known.equals(path.get(i + 1))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The hierarchy of these paths up to {@code level}, whose labels are those that are published if
   * the paths are {@link #nested}, or this is one level {@link #alone}. Labels below {@link #first}
   * stay apart where those above them differ.
   */
  Hierarchy hierarchy(List<List<String>> paths, int level) {
    List<List<String>> lines = new ArrayList<>();
    for (List<String> path : paths) {
      if (apart) {
        lines.add(List.of(String.join("\u0000", path), path.get(level - low)));
        continue;
      }
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
