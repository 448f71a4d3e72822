package com.segumento.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The client: all rows it ever got, and ways to subtract some from others. */
record Releases(List<Figure> figures) {
  Releases {
    figures = List.copyOf(figures);
  }

  /** A row of one table, or none. */
  List<Figure> rows(int night, Table table, Predicate<Figure> wanted) {
    return figures.stream()
        .filter(row -> row.night() == night && row.table() == table)
        .filter(wanted)
        .toList();
  }

  /** The rows of a segment of a table in one night. */
  List<Figure> rows(int night, Table table, String segment) {
    return rows(night, table, row -> row.segment().equals(segment));
  }

  /** The rows of a cell, by night. */
  List<Figure> cell(Table table, String segment, String label) {
    return figures.stream()
        .filter(row -> row.table() == table)
        .filter(row -> row.segment().equals(segment) && row.label().equals(label))
        .toList();
  }

  /** All pairs of a row of one list and a later one. */
  static List<Guess> pairs(List<Figure> rows) {
    List<Guess> guesses = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        guesses.add(Guess.difference(rows.get(j), rows.get(i)));
      }
    }
    return guesses;
  }

  /** All pairs of a row of one list and one of the other. */
  static List<Guess> across(List<Figure> rows, List<Figure> others) {
    List<Guess> guesses = new ArrayList<>();
    rows.forEach(row -> others.forEach(other -> guesses.add(Guess.difference(row, other))));
    return guesses;
  }
}
