package com.segumento.privacy.engine;

import com.segumento.model.Cells;
import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A generalization hierarchy from a file: one line a value, {@code ;} between levels, level 0
 * first.
 *
 * @param lines the levels of each value, all of the same length
 */
record HierarchyFile(List<List<String>> lines) {
  HierarchyFile {
    lines = lines.stream().map(List::copyOf).toList();
  }

  /** Reads {@code hierarchies/<name>} under {@code configDirectory}. */
  static HierarchyFile read(Path configDirectory, String name) {
    Path directory = configDirectory.resolve("hierarchies").normalize();
    Path file = directory.resolve(name).normalize();
    if (!file.startsWith(directory)) {
      throw ConfigException.invalid("hierarchy.file", name, "the name of a file in " + directory);
    }
    List<List<String>> lines = com.segumento.config.HierarchyFile.lines(configDirectory, name);
    check(file, lines);
    return new HierarchyFile(lines);
  }

  private static void check(Path file, List<List<String>> lines) {
    if (lines.isEmpty()) {
      throw new ConfigException(
          "The hierarchy file " + file + " is empty. Expected a line a value.");
    }
    Set<String> values = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      List<String> line = lines.get(i);
      String problem = null;
      if (line.size() != lines.get(0).size()) {
        problem = "has another number of levels than line 1";
      } else if (!values.add(line.get(0))) {
        problem = "repeats the value of an earlier line";
      } else if (line.stream().skip(1).anyMatch(HierarchyFile::misleads)) {
        problem = "uses one of the labels that stand for missing values";
      }
      if (problem != null) {
        throw new ConfigException(
            "Line " + (i + 1) + " of the hierarchy file " + file + " " + problem + ". Correct it.");
      }
    }
  }

  private static boolean misleads(String label) {
    return !label.equals(Cells.ANY) && Cells.RESERVED.contains(label);
  }

  /** The most general level, where everything is {@link Cells#ANY}. */
  int top() {
    int last = lines.get(0).size() - 1;
    boolean starred = lines.stream().allMatch(line -> line.get(last).equals(Cells.ANY));
    return starred && last > 0 ? last : last + 1;
  }

  /** Pairs of value and label at {@code level}. */
  List<List<String>> labels(int level) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> List.of(lines.get(i).get(0), lines.get(i).get(level)))
        .toList();
  }
}
