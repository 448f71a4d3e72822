package com.segumento.privacy.lattice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A small table as rows of texts, judged by the definitions alone: the search and all it is made of
 * are held against it. It shares nothing with them but the hierarchies' lines.
 *
 * @param quasi lines of the hierarchy of each quasi-identifier
 * @param sensitive lines of the hierarchy of each sensitive attribute
 * @param rows by row: the number of a line of each quasi-identifier
 * @param values by row: the number of a line of each sensitive attribute
 * @param persons by row
 */
record NaiveTable(
    List<List<List<String>>> quasi,
    List<List<List<String>>> sensitive,
    List<List<Integer>> rows,
    List<List<Integer>> values,
    List<Integer> persons) {

  /** What a class has to be like. */
  interface Model {
    boolean holds(NaiveTable table, List<Integer> members);
  }

  /** The classes of a node: numbers of rows by labels. */
  Map<List<String>, List<Integer>> classes(int... levels) {
    Map<List<String>, List<Integer>> classes = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      classes.computeIfAbsent(labels(row, levels), key -> new ArrayList<>()).add(row);
    }
    return classes;
  }

  List<String> labels(int row, int... levels) {
    List<String> labels = new ArrayList<>();
    for (int d = 0; d < levels.length; d++) {
      labels.add(quasi.get(d).get(rows.get(row).get(d)).get(levels[d]));
    }
    return labels;
  }

  /** Rows of classes that a model does not hold for. */
  Set<Integer> suppressed(List<Model> models, int... levels) {
    Set<Integer> suppressed = new HashSet<>();
    for (List<Integer> members : classes(levels).values()) {
      if (!models.stream().allMatch(model -> model.holds(this, members))) {
        suppressed.addAll(members);
      }
    }
    return suppressed;
  }

  /** All nodes of the lattice. */
  List<int[]> nodes() {
    List<int[]> nodes = new ArrayList<>(List.of(new int[0]));
    for (List<List<String>> hierarchy : quasi) {
      List<int[]> longer = new ArrayList<>();
      for (int[] node : nodes) {
        for (int level = 0; level < hierarchy.get(0).size(); level++) {
          int[] next = Arrays.copyOf(node, node.length + 1);
          next[node.length] = level;
          longer.add(next);
        }
      }
      nodes = longer;
    }
    return nodes;
  }

  static Model anonymity(int k) {
    return (table, members) ->
        members.stream().map(row -> table.persons().get(row)).distinct().count() >= k;
  }

  static Model distinct(int attribute, int l) {
    return (table, members) -> table.counts(attribute, members).size() >= l;
  }

  static Model entropy(int attribute, double l) {
    return (table, members) -> {
      double entropy = 0;
      for (double count : table.counts(attribute, members).values()) {
        double share = count / members.size();
        entropy -= share * Math.log(share);
      }
      return entropy >= Math.log(l) - 1e-12;
    };
  }

  static Model recursive(int attribute, double c, int l) {
    return (table, members) -> {
      List<Double> descending = new ArrayList<>(table.counts(attribute, members).values());
      descending.sort(java.util.Comparator.reverseOrder());
      double tail = 0;
      for (int i = l - 1; i < descending.size(); i++) {
        tail += descending.get(i);
      }
      return descending.size() >= l && descending.get(0) < c * tail;
    };
  }

  static Model closeness(int attribute, double t, GroundDistance distance) {
    return (table, members) -> {
      int size = table.sensitive().get(attribute).size();
      double[] difference = new double[size];
      table.counts(attribute, members).forEach((v, n) -> difference[v] += n / members.size());
      table.values().forEach(v -> difference[v.get(attribute)] -= 1.0 / table.rows().size());
      return table.moved(attribute, difference, distance) <= t + 1e-12;
    };
  }

  /** The work to move one distribution to another. */
  private double moved(int attribute, double[] difference, GroundDistance distance) {
    return switch (distance) {
      case EQUAL -> Arrays.stream(difference).map(Math::abs).sum() / 2;
      case ORDERED, LISTED -> {
        double work = 0;
        double carried = 0;
        for (double one : difference) { // lines are made in natural order
          carried += one;
          work += Math.abs(carried);
        }
        yield difference.length < 2 ? 0 : work / (difference.length - 1);
      }
      case HIERARCHICAL -> tree(attribute, difference);
    };
  }

  /** What crosses each edge of the tree, whose length is half a level. */
  private double tree(int attribute, double[] difference) {
    List<List<String>> lines = sensitive.get(attribute);
    int height = lines.get(0).size() - 1;
    double work = 0;
    for (int level = 0; level < height; level++) {
      Map<String, Double> byLabel = new TreeMap<>();
      for (int value = 0; value < difference.length; value++) {
        byLabel.merge(lines.get(value).get(level), difference[value], Double::sum);
      }
      work += byLabel.values().stream().mapToDouble(Math::abs).sum() / (2 * height);
    }
    return work;
  }

  private Map<Integer, Double> counts(int attribute, List<Integer> members) {
    Map<Integer, Double> counts = new TreeMap<>();
    members.forEach(row -> counts.merge(values.get(row).get(attribute), 1.0, Double::sum));
    return counts;
  }

  /** Share of a hierarchy's lines that have the label of {@code row}. */
  double share(int row, int d, int level) {
    List<List<String>> lines = quasi.get(d);
    String label = lines.get(rows.get(row).get(d)).get(level);
    double same = lines.stream().filter(line -> line.get(level).equals(label)).count();
    return same / lines.size();
  }

  /** Rows among {@code of} whose label at {@code level} is that of {@code row}. */
  double alike(int row, int d, int level, Iterable<Integer> of) {
    double alike = 0;
    String label = quasi.get(d).get(rows.get(row).get(d)).get(level);
    for (int other : of) {
      alike += quasi.get(d).get(rows.get(other).get(d)).get(level).equals(label) ? 1 : 0;
    }
    return alike;
  }
}
