package com.segumento.ops;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A chart and the table under it: the same figures twice.
 *
 * @param kind how it is drawn
 * @param unit of the figures, such as {@code persons}
 * @param note what a reader must know of it; may be empty
 * @param of what the categories are, such as {@code Segment}
 */
record Chart(
    Kind kind,
    String title,
    String note,
    String of,
    String unit,
    List<String> categories,
    List<Series> series) {

  /** How a chart is drawn; the names are those of the page's script. */
  enum Kind {
    /** Horizontal, stacked where there are several series. */
    BARS("bars"),
    /** Horizontal, stacked to 100 %. */
    SHARE("share"),
    /** Horizontal, the series of a category one under the other. */
    GROUPED("grouped"),
    LINE("line"),
    /** One square a category and series, the colour of its figure. */
    HEAT("heat");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Figures of one colour, one a category; null where there is none. */
  record Series(String name, List<Double> values) {
    Series {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  Chart {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
  }

  /** The same under another title. */
  Chart titled(String other) {
    return new Chart(kind, other, note, of, unit, categories, series);
  }

  /** One bar a label, the longest first. */
  static Chart bars(
      String title, String note, String of, String unit, Map<String, Double> figures) {
    List<Map.Entry<String, Double>> sorted = new ArrayList<>(figures.entrySet());
    sorted.sort(Map.Entry.<String, Double>comparingByValue().reversed());
    List<String> labels = sorted.stream().map(Map.Entry::getKey).toList();
    List<Double> values = sorted.stream().map(Map.Entry::getValue).toList();
    return new Chart(
        Kind.BARS, title, note, of, unit, labels, List.of(new Series(capital(unit), values)));
  }

  /** One bar a category, parted by series; {@code figures} by category, then by series. */
  static Chart parted(
      Kind kind,
      String title,
      String note,
      String of,
      String unit,
      Map<String, Map<String, Double>> figures) {
    Set<String> names = new LinkedHashSet<>();
    figures.values().forEach(parts -> names.addAll(parts.keySet()));
    List<Series> series =
        names.stream()
            .map(
                name ->
                    new Series(
                        name,
                        figures.values().stream()
                            .map(parts -> parts.getOrDefault(name, 0.0))
                            .toList()))
            .toList();
    return new Chart(kind, title, note, of, unit, List.copyOf(figures.keySet()), series);
  }

  /** One square a row and column; none where {@code figure} is null. */
  static Chart heat(
      String title,
      String note,
      String of,
      String unit,
      List<String> rows,
      List<String> columns,
      BiFunction<String, String, Double> figure) {
    List<Series> series =
        columns.stream()
            .map(
                column ->
                    new Series(
                        column, rows.stream().map(row -> figure.apply(row, column)).toList()))
            .toList();
    return new Chart(Kind.HEAT, title, note, of, unit, rows, series);
  }

  /** Labels of the form {@code category: part} as categories and their parts. */
  static Map<String, Map<String, Double>> split(Map<String, Double> figures) {
    Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
    figures.forEach(
        (label, value) -> {
          int colon = label.indexOf(": ");
          String category = colon < 0 ? label : label.substring(0, colon);
          String part = colon < 0 ? "all" : words(label.substring(colon + 2));
          parts.computeIfAbsent(category, key -> new LinkedHashMap<>()).put(part, value);
        });
    return parts;
  }

  static String words(String name) {
    return name.replace('_', ' ');
  }

  static String capital(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
