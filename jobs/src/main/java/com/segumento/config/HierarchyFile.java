package com.segumento.config;

import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A generalization hierarchy from a file: one line a value, its fields parted by {@code ;}, level 0
 * first.
 *
 * @param values the generalizations by exact value, level 0 (the value itself) included
 * @param levels number of levels, level 0 included
 */
public record HierarchyFile(Map<String, List<String>> values, int levels) {
  private static final String DIRECTORY = "hierarchies";

  public HierarchyFile {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The hierarchy a contract names.
   *
   * @param directory of the configuration
   * @param file the contract's {@code hierarchy.file}, relative to {@code hierarchies/} in it
   * @throws ConfigException where the file is not there or not consistent
   */
  public static HierarchyFile read(Path directory, String file) {
    Findings findings = new Findings();
    HierarchyFile hierarchy = read(directory, file, findings);
    findings.refuse();
    return hierarchy;
  }

  /**
   * The fields of each line as they are, consistent or not, for those who judge them on their own.
   *
   * @param directory of the configuration
   * @throws ConfigException where the file is not there
   */
  public static List<List<String>> lines(Path directory, String file) {
    Findings findings = new Findings();
    Optional<String> text =
        new Source(directory, findings).text(DIRECTORY + "/" + file, Source.LARGEST_HIERARCHY);
    findings.refuse();
    return text.orElse("").lines().map(HierarchyFile::fields).toList();
  }

  static HierarchyFile read(Path directory, String file, Findings findings) {
    Source source = new Source(directory, findings);
    String name = DIRECTORY + "/" + file;
    return source
        .text(name, Source.LARGEST_HIERARCHY)
        .map(text -> parse(name, text, findings))
        .orElse(new HierarchyFile(Map.of(), 0));
  }

  private static HierarchyFile parse(String name, String text, Findings findings) {
    List<String> lines = text.lines().toList();
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, Integer> firstLines = new LinkedHashMap<>();
    List<Map<String, String>> parents = new ArrayList<>();
    int levels = lines.isEmpty() ? 0 : fields(lines.get(0)).size();
    if (levels < 2) {
      findings.refuse(name, 1, 1, "The file has no levels. " + expected(2));
      return new HierarchyFile(Map.of(), 0);
    }
    for (int i = 0; i < lines.size(); i++) {
      List<String> fields = fields(lines.get(i));
      Integer first = firstLines.putIfAbsent(fields.get(0), i + 1);
      String problem = "";
      if (fields.size() != levels) {
        problem = "The line has " + fields.size() + " fields. " + expected(levels);
      } else if (first != null) {
        problem = "The value stands in line " + first + " already. Expected one line a value.";
      } else {
        problem = split(fields, parents);
      }
      if (!problem.isEmpty()) {
        findings.refuse(name, i + 1, 1, problem);
      }
      values.putIfAbsent(fields.get(0), fields);
    }
    return new HierarchyFile(values, levels);
  }

  private static String expected(int levels) {
    return "Expected "
        + levels
        + (levels == 2 ? " or more" : "")
        + " fields parted by semicolons, as in every line.";
  }

  private static List<String> fields(String line) {
    return List.of(line.split(";", -1));
  }

  /** What is wrong with a line that puts apart what a lower level joined; else nothing. */
  private static String split(List<String> fields, List<Map<String, String>> parents) {
    for (int level = 1; level + 1 < fields.size(); level++) {
      if (parents.size() < level) {
        parents.add(new LinkedHashMap<>());
      }
      String joined = fields.get(level);
      String above = fields.get(level + 1);
      String known = parents.get(level - 1).putIfAbsent(joined, above);
      if (known != null && !known.equals(above)) {
        return "Level "
            + (level + 1)
            + " puts apart what level "
            + level
            + " joined: "
            + Shown.text(joined)
            + " is under "
            + Shown.text(known)
            + " in a line before and under "
            + Shown.text(above)
            + " here. Expected one of them in all lines.";
      }
    }
    return "";
  }
}
