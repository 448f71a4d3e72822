package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import com.segumento.model.Field;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * The values of an attribute with their labels, made by what labels the persons. A level whose
 * classes a coarser one does not keep together (districts that are not known, of states that are)
 * is no level of the hierarchy and cannot be chosen.
 *
 * @param levels of the attribute, one a level of the hierarchy, ascending
 */
record GeneralizedValues(Hierarchy hierarchy, List<Integer> levels) {

  /**
   * The values of a quasi-identifier.
   *
   * @param level the only one there is, where it is given
   * @param found values in the data; those of a hierarchy file are added
   */
  static GeneralizedValues of(
      SparkSession spark, Generalizable how, OptionalInt level, List<Object> found) {
    List<Integer> all =
        level.isPresent()
            ? List.of(level.getAsInt())
            : IntStream.rangeClosed(0, how.top()).boxed().toList();
    List<List<String>> labels =
        labelled(spark, how, all, values(how, found)).stream()
            .map(line -> line.subList(1, line.size()))
            .toList();
    List<Integer> kept = nested(labels, all.size());
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (List<String> line : labels) {
      lines.putIfAbsent(line.get(kept.get(0)), kept.stream().map(line::get).toList());
    }
    List<List<String>> sorted = new ArrayList<>(lines.values());
    sorted.sort(Comparator.comparing(line -> line.get(0)));
    return new GeneralizedValues(
        Hierarchy.of(how.column().name(), sorted), kept.stream().map(all::get).toList());
  }

  /** The values of an attribute as they are, with all labels above them. */
  static Hierarchy tree(SparkSession spark, Generalizable how, List<Object> found) {
    List<Integer> above = IntStream.rangeClosed(1, how.top()).boxed().toList();
    Map<String, List<String>> lines = new TreeMap<>();
    labelled(spark, how, above, values(how, found))
        .forEach(line -> lines.putIfAbsent(line.get(0), line));
    return Hierarchy.of(how.column().name(), List.copyOf(lines.values()));
  }

  private static List<Object> values(Generalizable how, List<Object> found) {
    List<Object> values = new ArrayList<>(found);
    if (how.file().isPresent() && how.column().type().equals(DataTypes.StringType)) {
      how.file().get().lines().forEach(line -> values.add(line.get(0)));
    }
    return values;
  }

  /** By value its text, empty where it is missing, and its labels at each of {@code levels}. */
  private static List<List<String>> labelled(
      SparkSession spark, Generalizable how, Collection<Integer> levels, List<Object> values) {
    Dataset<Row> rows =
        spark.createDataFrame(
            values.stream().map(RowFactory::create).toList(), Field.schema(how.column()));
    List<Column> columns = new ArrayList<>();
    Column text = how.isPlace() ? lit("") : how.column().col().cast(DataTypes.StringType);
    columns.add(coalesce(text, lit("")));
    for (int level : levels) {
      Field label = LabelPersons.label(level);
      rows = how.at(level).apply(rows, label);
      columns.add(label.col());
    }
    List<List<String>> labels = new ArrayList<>();
    for (Row row : rows.select(columns.toArray(Column[]::new)).collectAsList()) {
      labels.add(IntStream.range(0, columns.size()).mapToObj(row::getString).toList());
    }
    return labels;
  }

  /** Levels, from the top down, whose classes the next coarser one keeps together. */
  private static List<Integer> nested(List<List<String>> labels, int levels) {
    List<Integer> kept = new ArrayList<>(List.of(levels - 1));
    for (int level = levels - 2; level >= 0; level--) {
      int coarser = kept.get(kept.size() - 1);
      Map<String, String> above = new HashMap<>();
      boolean together = true;
      for (List<String> line : labels) {
        String known = above.putIfAbsent(line.get(level), line.get(coarser));
        together &= known == null || known.equals(line.get(coarser));
      }
      if (together) {
        kept.add(level);
      }
    }
    Collections.reverse(kept);
    return kept;
  }
}
