package com.segumento.config;

/** Levels have to be numbers as long as no release searches for them. */
final class FixedLevels {
  private FixedLevels() {}

  static void check(Setting level, Findings findings) {
    if (level.is("auto")) {
      findings.wrong(
          level,
          "a number from 0: levels cannot be searched for in this version, so each one has to be"
              + " fixed");
    }
  }
}
