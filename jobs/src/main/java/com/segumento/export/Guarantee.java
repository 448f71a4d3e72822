package com.segumento.export;

/**
 * One thing a release promises, checked again.
 *
 * @param says what was found, in one sentence or a few
 */
public record Guarantee(String name, Outcome outcome, String says) {
  /** Name of the one that a manifest says what is configured. */
  public static final String PARAMETERS = "parameters";

  /** How a check ended. */
  public enum Outcome {
    HOLDS,
    VIOLATED,
    /** What it would have to be derived from is not there. */
    UNKNOWN
  }

  static Guarantee holds(String name, String says) {
    return new Guarantee(name, Outcome.HOLDS, says);
  }

  static Guarantee violated(String name, String says) {
    return new Guarantee(name, Outcome.VIOLATED, says);
  }

  static Guarantee unknown(String name, String says) {
    return new Guarantee(name, Outcome.UNKNOWN, says);
  }

  /** Violated where there is anything wrong. */
  static Guarantee of(String name, java.util.List<String> wrong, String right) {
    return wrong.isEmpty() ? holds(name, right) : violated(name, String.join(" ", wrong));
  }
}
