package com.segumento.privacy.lattice;

import com.segumento.model.ConfigException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A generalization hierarchy of one attribute: what each of its values becomes at each level. Level
 * 0 is the value itself; a level joins what the level below it told apart, and never the reverse.
 *
 * <p>Values have codes in the order of the file they came from. The domain an attribute's
 * information loss is measured against is the hierarchy's, not the data's.
 */
public final class Hierarchy {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?");

  private final String attribute;
  private final Map<String, Integer> codes;
  private final int[][] generalized; // [level][code of the value] → code of the label
  private final String[][] labels; // [level][code of the label]
  private final int[][] sizes; // [level][code of the label] → values below it

  private Hierarchy(
      String attribute, Map<String, Integer> codes, int[][] generalized, String[][] labels) {
    this.attribute = attribute;
    this.codes = codes;
    this.generalized = generalized;
    this.labels = labels;
    this.sizes = new int[labels.length][];
    for (int level = 0; level < labels.length; level++) {
      sizes[level] = new int[labels[level].length];
      for (int code : generalized[level]) {
        sizes[level][code]++;
      }
    }
  }

  /**
   * A hierarchy from its lines, one a value: the value, then its label at each level.
   *
   * @throws ConfigException naming the line where one is ragged, repeats a value, or splits at a
   *     level what a lower one joined
   */
  public static Hierarchy of(String attribute, List<List<String>> lines) {
    if (lines.isEmpty() || lines.get(0).isEmpty()) {
      throw new ConfigException(
          "Invalid hierarchy of " + attribute + ": it has no lines. Expected one line a value.");
    }
    int levels = lines.get(0).size();
    Map<String, Integer> codes = new HashMap<>();
    int[][] generalized = new int[levels][lines.size()];
    List<Map<String, Integer>> names =
        Stream.generate(() -> (Map<String, Integer>) new LinkedHashMap<String, Integer>())
            .limit(levels)
            .toList();
    for (int line = 0; line < lines.size(); line++) {
      List<String> columns = lines.get(line);
      refuseRagged(attribute, line, columns.size(), levels);
      if (codes.put(columns.get(0), line) != null) {
        throw broken(attribute, line, "its value has a line already", "one line a value");
      }
      for (int level = 0; level < levels; level++) {
        Map<String, Integer> known = names.get(level);
        generalized[level][line] = known.computeIfAbsent(columns.get(level), label -> known.size());
      }
    }
    refuseSplits(attribute, generalized, names);
    return new Hierarchy(attribute, codes, generalized, labels(names));
  }

  private static String[][] labels(List<Map<String, Integer>> names) {
    return names.stream()
        .map(known -> known.keySet().toArray(String[]::new))
        .toArray(String[][]::new);
  }

  private static void refuseRagged(String attribute, int line, int columns, int levels) {
    if (columns != levels) {
      throw broken(attribute, line, "it has " + columns + " columns", levels + ", as line 1 has");
    }
  }

  private static void refuseSplits(
      String attribute, int[][] generalized, List<Map<String, Integer>> names) {
    for (int level = 1; level < generalized.length; level++) {
      int[] above = new int[names.get(level - 1).size()]; // by label, the one above and one; or 0
      for (int line = 0; line < generalized[level].length; line++) {
        int below = generalized[level - 1][line];
        int label = generalized[level][line] + 1;
        above[below] = above[below] == 0 ? label : above[below];
        if (above[below] != label) {
          throw broken(
              attribute,
              line,
              "level " + level + " splits what level " + (level - 1) + " joined",
              "one label above each label");
        }
      }
    }
  }

  private static ConfigException broken(String attribute, int line, String what, String expected) {
    return new ConfigException(
        "Invalid hierarchy of "
            + attribute
            + ", line "
            + (line + 1)
            + ": "
            + what
            + ". Expected "
            + expected
            + ".");
  }

  /** The attribute this is of. */
  public String attribute() {
    return attribute;
  }

  /** The most general level; 0 where there is only the value itself. */
  public int height() {
    return labels.length - 1;
  }

  /** How many values there are. */
  public int values() {
    return generalized[0].length;
  }

  /** How many labels a level has. */
  public int labels(int level) {
    return labels[level].length;
  }

  /** The code of a value; nothing where the hierarchy does not know it. */
  public OptionalInt code(String value) {
    Integer code = codes.get(value);
    return code == null ? OptionalInt.empty() : OptionalInt.of(code);
  }

  /** The value of a code. */
  public String value(int code) {
    return labels[0][generalized[0][code]];
  }

  /** The code of the label of value {@code code} at {@code level}. */
  public int generalize(int code, int level) {
    return generalized[level][code];
  }

  /** The label of value {@code code} at {@code level}. */
  public String label(int code, int level) {
    return labels[level][generalized[level][code]];
  }

  /** The text of label {@code code} of a level. */
  public String text(int code, int level) {
    return labels[level][code];
  }

  /** Share of the domain that has the same label as value {@code code} at {@code level}. */
  public double share(int code, int level) {
    return sizes[level][generalized[level][code]] / (double) values();
  }

  /** How many values have the same label as value {@code code} at {@code level}. */
  public int size(int code, int level) {
    return sizes[level][generalized[level][code]];
  }

  /** By label of a level: the first value that has it. */
  public int[] representatives(int level) {
    int[] first = new int[labels(level)];
    for (int code = values() - 1; code >= 0; code--) {
      first[generalized[level][code]] = code;
    }
    return first;
  }

  /** By level below the top, then label of that level: the label above it. */
  int[][] parents() {
    int[][] parents = new int[height()][];
    for (int level = 0; level < height(); level++) {
      parents[level] = new int[labels(level)];
      for (int code = 0; code < values(); code++) {
        parents[level][generalized[level][code]] = generalized[level + 1][code];
      }
    }
    return parents;
  }

  /** The codes of the values, numbers by size, or all as text where one is no number. */
  int[] naturalOrder() {
    boolean numbers = codes.keySet().stream().allMatch(Hierarchy::isNumber);
    Comparator<Integer> order =
        numbers
            ? Comparator.comparing(code -> new BigDecimal(value(code)))
            : Comparator.comparing(this::value);
    return IntStream.range(0, values()).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
  }

  /** The values as numbers, by code; null where one is none. */
  double[] numbers() {
    return codes.keySet().stream().allMatch(Hierarchy::isNumber)
        ? IntStream.range(0, values()).mapToDouble(c -> Double.parseDouble(value(c))).toArray()
        : null;
  }

  private static boolean isNumber(String value) {
    return NUMBER.matcher(value).matches();
  }

  int[] map(int level) {
    return generalized[level];
  }
}
