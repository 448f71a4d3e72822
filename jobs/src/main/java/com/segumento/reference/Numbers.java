package com.segumento.reference;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads the numbers of a file's lines; what is none is added to the problems. */
record Numbers(String file, Problems problems) {

  /** A whole number of at least 0. */
  OptionalLong count(CsvFile.Line line, String column) {
    String text = line.text(column);
    if (text.matches("[0-9]{1,15}")) {
      return OptionalLong.of(Long.parseLong(text));
    }
    problems.add(file, line.number(), column + " is not a whole number.");
    return OptionalLong.empty();
  }

  /** A number between {@code -bound} and {@code bound}: degrees. */
  OptionalDouble degrees(CsvFile.Line line, String column, double bound) {
    String text = line.text(column);
    if (text.matches("-?[0-9]{1,3}(\\.[0-9]{1,15})?")) {
      double value = Double.parseDouble(text);
      if (Math.abs(value) <= bound) {
        return OptionalDouble.of(value);
      }
    }
    problems.add(
        file,
        line.number(),
        column
            + " is not a number of degrees between -"
            + (int) bound
            + " and "
            + (int) bound
            + ".");
    return OptionalDouble.empty();
  }

  /** The point of a line's {@code latitude} and {@code longitude}; 0, 0 where it is none. */
  Point point(CsvFile.Line line) {
    OptionalDouble latitude = degrees(line, "latitude", 90);
    OptionalDouble longitude = degrees(line, "longitude", 180);
    return new Point(latitude.orElse(0), longitude.orElse(0));
  }
}
