package com.segumento.config;

import com.segumento.model.ConfigException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects all problems and warnings of a configuration. */
final class Findings {
  private final SortedSet<Problem> problems = new TreeSet<>();
  private final SortedSet<Problem> warnings = new TreeSet<>();

  /** The setting's value is not what it should be. */
  void wrong(Setting setting, String expected) {
    say(setting, Shown.value(setting.node()) + ". Expected " + expected + ".");
  }

  /** Something of a setting is wrong, in words. */
  void say(Setting setting, String sentence) {
    problems.add(setting.problem(sentence));
  }

  /** A setting is not given where it has to be. */
  void missing(Setting setting, String expected) {
    say(setting, "is missing. Expected " + expected + ".");
  }

  /** Something is wrong with a file. */
  void refuse(String file, int line, int column, String sentence) {
    refuse(new Problem(file, line, column, "", sentence));
  }

  void refuse(Problem problem) {
    problems.add(problem);
  }

  /** A setting is allowed but doubtful. */
  void warn(Setting setting, String sentence) {
    warnings.add(setting.problem(sentence));
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  boolean any() {
    return !problems.isEmpty();
  }

  boolean anyIn(String file) {
    return problems.stream().anyMatch(problem -> problem.file().equals(file));
  }

  /**
   * Ends here if anything is wrong.
   *
   * @throws ConfigException with one line a problem
   */
  void refuse() {
    if (any()) {
      throw new ConfigException(
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }
}
