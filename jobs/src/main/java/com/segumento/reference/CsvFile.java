package com.segumento.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A comma-separated file with a header line, UTF-8, fields in double quotes where they hold a comma
 * or a quote. Columns nobody asks for are passed over. Reference files fit the driver's memory.
 *
 * @param name what refusals call it
 */
record CsvFile(String name, List<Line> lines) {
  private static final char UNDECODABLE = '\uFFFD';

  CsvFile {
    lines = List.copyOf(lines);
  }

  /** A line of values by column; blanks around a value are gone. */
  record Line(int number, Map<String, String> values) {
    String text(String column) {
      return values.getOrDefault(column, "");
    }
  }

  /** The lines of {@code text}; those that can't be read are added to {@code problems}. */
  static CsvFile parse(String name, String text, List<String> required, Problems problems) {
    String[] raw = text.replaceFirst("^\uFEFF", "").split("\r?\n", -1);
    List<String> header = fields(raw[0]);
    if (!headerIsWhole(name, header, required, problems)) {
      return new CsvFile(name, List.of());
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i < raw.length; i++) {
      if (!raw[i].isBlank()) {
        line(name, i + 1, raw[i], header, lines, problems);
      }
    }
    if (lines.isEmpty()) {
      problems.add(name, "It has no lines after its header.");
    }
    return new CsvFile(name, lines);
  }

  private static boolean headerIsWhole(
      String name, List<String> header, List<String> required, Problems problems) {
    List<String> missing = required.stream().filter(column -> !header.contains(column)).toList();
    if (!missing.isEmpty()) {
      problems.add(name, "Its header lacks " + String.join(", ", missing) + ".");
    }
    List<String> twice =
        required.stream()
            .filter(column -> header.indexOf(column) != header.lastIndexOf(column))
            .toList();
    if (!twice.isEmpty()) {
      problems.add(name, "Its header names " + String.join(", ", twice) + " twice.");
    }
    return missing.isEmpty() && twice.isEmpty();
  }

  private static void line(
      String name,
      int number,
      String raw,
      List<String> header,
      List<Line> lines,
      Problems problems) {
    List<String> fields = fields(raw);
    if (raw.indexOf(UNDECODABLE) >= 0) {
      problems.add(name, number, "It is not UTF-8.");
    } else if (fields.size() != header.size()) {
      problems.add(
          name,
          number,
          "It has " + fields.size() + " fields, the header has " + header.size() + ".");
    } else {
      Map<String, String> values = new TreeMap<>();
      for (int i = 0; i < header.size(); i++) {
        values.put(header.get(i), fields.get(i));
      }
      lines.add(new Line(number, values));
    }
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().strip());
    return fields;
  }
}
