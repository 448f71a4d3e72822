package com.segumento.export;

import com.segumento.privacy.AudienceFixture;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What somebody with our key changes in the second of two lists that a destination has, and the
 * promises that it breaks.
 */
enum AudienceBreach {
  LISTS_OTHERS("format, rows, k, definitions"),
  TELLS_OF_FEW("opt-outs, changes, diffs");

  private final String broken;

  AudienceBreach(String broken) {
    this.broken = broken;
  }

  /** Labels of the promises. */
  String broken() {
    return broken;
  }

  /**
   * Two nights: of drip one waits to leave and two to join, three have left, one has opted out, and
   * two of a segment are too few.
   */
  static void nights(AudienceFixture fixture, LocalDate first) {
    fixture.night(
        first,
        Map.of("drip", persons(0, 6), "leave", persons(0, 7), "out", persons(20, 25)),
        Set.of());
    fixture.night(
        first.plusDays(1),
        Map.of(
            "drip", persons(1, 8),
            "leave", persons(3, 7),
            "out", persons(20, 25),
            "small", persons(0, 2)),
        Set.of(20));
  }

  private static Set<Integer> persons(int from, int until) {
    return Set.copyOf(IntStream.range(from, until).boxed().toList());
  }

  void tamper(ReleaseCopy copy) {
    switch (this) {
      case LISTS_OTHERS -> {
        add(copy, ReleaseCopy.DATA, "drip", 30, 31, 32); // outsiders
        add(copy, ReleaseCopy.DATA, "small", 0, 1);
        copy.change(lines -> Collections.swap(lines, 1, 2));
      }
      case TELLS_OF_FEW -> {
        add(copy, ReleaseCopy.DATA, "out", 20); // who has opted out
        add(copy, ReleaseCopy.DATA, "drip", 6); // one of two who wait
        add(copy, "left-00000.csv", "out", 21);
      }
    }
  }

  private static void add(ReleaseCopy copy, String file, String segment, int... persons) {
    copy.change(
        file,
        lines -> {
          for (int person : persons) {
            lines.add(segment + "," + AudienceFixture.rehashed(person, AudienceFixture.DSP1));
          }
          List<String> rows = lines.subList(1, lines.size());
          Collections.sort(rows);
        });
  }
}
