package com.segumento.privacy.gate;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.Export;
import com.segumento.config.HierarchyFile;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;

/**
 * The values of a sensitive attribute in the whole table, in their order or with their hierarchy.
 * Numbers are ordered by size, others as their hierarchy file, else their contract, lists them, and
 * by their text where nothing does; what is missing comes first and what is not listed last.
 */
record WholeTable(Workspace workspace, Export.Closeness closeness, Field attribute, boolean trait) {

  /**
   * What classes have to be close to.
   *
   * @param counts persons by value
   */
  ClassJudge.Whole of(Map<String, Long> counts) {
    double all = counts.values().stream().mapToLong(Long::longValue).sum();
    Optional<ColumnContract> contract =
        trait ? Optional.empty() : RecordClaim.contract(workspace, attribute.name());
    Optional<DatasetContract.Hierarchy> hierarchy = contract.map(ColumnContract::hierarchy);
    List<List<String>> listed = hierarchy.flatMap(this::lines).orElse(List.of());
    Export.Closeness.Distance distance =
        Optional.ofNullable(closeness.distance()).orElse(Export.Closeness.Distance.EQUAL);
    boolean tree = distance == Export.Closeness.Distance.HIERARCHICAL;
    List<String> order =
        listed.isEmpty()
            ? contract.map(ColumnContract::allowed).orElse(List.of())
            : listed.stream().map(line -> line.get(0)).toList();
    List<String> values = new ArrayList<>(counts.keySet());
    if (!listed.isEmpty() && !(attribute.type() instanceof NumericType)) {
      order.stream().filter(value -> !counts.containsKey(value)).forEach(values::add);
    }
    values.removeIf(value -> !tree && !counts.containsKey(value));
    values.sort(order(order));
    LinkedHashMap<String, Double> shares = new LinkedHashMap<>();
    values.forEach(value -> shares.put(value, counts.getOrDefault(value, 0L) / all));
    Map<String, List<String>> above = new HashMap<>();
    if (tree) {
      values.forEach(value -> above.put(value, above(value, hierarchy.orElseThrow(), listed)));
    }
    return new ClassJudge.Whole(closeness.max(), shares, distance, above);
  }

  private Comparator<String> order(List<String> listed) {
    Comparator<String> missing = Comparator.comparing(value -> value.isEmpty() ? 0 : 1);
    if (attribute.type() instanceof NumericType) {
      boolean floating =
          attribute.type() instanceof DoubleType || attribute.type() instanceof FloatType;
      Comparator<String> bySize =
          floating ? Comparator.comparing(Double::valueOf) : Comparator.comparing(BigDecimal::new);
      return (one, other) ->
          one.isEmpty() || other.isEmpty()
              ? missing.compare(one, other)
              : bySize.compare(one, other);
    }
    Map<String, Integer> places = new HashMap<>();
    for (int i = listed.size() - 1; i >= 0; i--) {
      places.put(listed.get(i), i);
    }
    return missing
        .thenComparing(value -> places.getOrDefault(value, listed.size()))
        .thenComparing(value -> value);
  }

  private Optional<List<List<String>>> lines(DatasetContract.Hierarchy hierarchy) {
    if (hierarchy.file() == null) {
      return Optional.empty();
    }
    return Optional.of(HierarchyFile.lines(workspace.configDirectory(), hierarchy.file()));
  }

  /** Labels of a value at level 1 and above; the last one is that of all. */
  private static List<String> above(
      String value, DatasetContract.Hierarchy hierarchy, List<List<String>> listed) {
    List<String> labels = new ArrayList<>();
    for (long width : hierarchy.file() == null ? hierarchy.intervals() : List.<Long>of()) {
      BigDecimal wide = BigDecimal.valueOf(width);
      labels.add(
          value.isEmpty()
              ? Cells.UNKNOWN
              : new BigDecimal(value).divide(wide, 0, RoundingMode.FLOOR).toString());
    }
    if (hierarchy.file() != null) {
      Optional<List<String>> line =
          listed.stream().filter(one -> one.get(0).equals(value)).findFirst();
      String other = value.isEmpty() ? Cells.UNKNOWN : Cells.UNLISTED;
      for (int level = 1; level < listed.get(0).size(); level++) {
        int at = level;
        labels.add(line.map(one -> one.get(at)).orElse(other));
      }
    }
    boolean starred =
        hierarchy.file() != null
            && listed.stream().allMatch(line -> line.get(line.size() - 1).equals(Cells.ANY));
    if (starred) {
      labels.remove(labels.size() - 1); // said below, of what is not listed too
    }
    labels.add(Cells.ANY);
    return labels;
  }
}
