package com.segumento.config;

import java.util.Comparator;

/**
 * One thing that is wrong in a configuration file, or doubtful.
 *
 * @param file relative to the configuration's directory
 * @param line from 1
 * @param column from 1
 * @param path of the setting in the file, as in {@code datasets[0].columns.age.min}; empty for the
 *     file as a whole
 * @param text what is wrong and what would be right
 */
public record Problem(String file, int line, int column, String path, String text)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::path)
          .thenComparing(Problem::text);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** One line: {@code file:line:column path: text}. */
  @Override
  public String toString() {
    String place = file + ":" + line + ":" + column + " ";
    return path.isEmpty() ? place + text : place + path + ": " + text;
  }
}
