package com.segumento.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.privacy.CellFixture;
import java.util.List;

/**
 * What somebody with our key changes in a release of cells of a first night, and the promises that
 * it breaks. By the release memory nobody stands behind what was withheld, so to put it in breaks
 * what is promised of that, too.
 */
enum CellBreach {
  SAYS_ANOTHER_LEVEL("levels"),
  SMUGGLES_ROWS("format, rows, k, l-diversity, counts, memory"),
  LIES_IN_FIGURES("counts, sums, dominance, memory"),
  SAYS_A_FINER_LEVEL("suppression, definitions");

  /** At intervals of ten years five of 23 are in no row, by single years eight. */
  static final String EXPORT =
      CellFixture.INSIGHT
          .replace("parquet", "csv")
          .replace("[a, b]", "[d, e]")
          .replace("age: 1", "age: auto")
          .replace(
              "k: 3",
              "k: 3, round_to: 2, dominance: {p: 1}, suppression_limit: 0.3,"
                  + " l: {attribute: income_band, distinct: 2}");

  private static final String CELL = "d,\"%s\",%s,\"Pune, Maharashtra\",%s";

  private final String broken;

  CellBreach(String broken) {
    this.broken = broken;
  }

  /** Labels of the promises. */
  String broken() {
    return broken;
  }

  /**
   * The persons of the export: women, men of three ages of whom two spend anything, some of no
   * known age, and four of whom one spends nearly all. And two who are too few, and three who are
   * all poor.
   */
  static void persons(CellFixture fixture) {
    for (int spend : new int[] {100, 200, 300, 90000}) {
      fixture.person(23, "f", spend < 250 ? "low" : "high", "Pune", spend, "d", "e");
    }
    fixture.person(24, "m", "low", "Pune", 50, "d");
    fixture.person(25, "m", "high", "Pune", null, "d");
    fixture.person(26, "m", "low", "Pune", 70, "d");
    for (int i = 0; i < 3; i++) {
      fixture.person(null, "f", i == 0 ? "high" : "low", null, 10, "d");
      fixture.person(65, "z", "low", "Pune", 10, "d");
    }
    for (int spend : new int[] {1000, 1, 1, 1}) {
      fixture.person(45, "y", spend > 1 ? "high" : "low", "Pune", spend, "d");
    }
    fixture.person(20, "x", "low", "Pune", 10, "d");
    fixture.person(20, "x", "high", "Pune", 10, "d");
  }

  void tamper(ReleaseCopy copy) {
    switch (this) {
      case SAYS_ANOTHER_LEVEL -> level(copy, "gender", 1);
      case SMUGGLES_ROWS ->
          copy.change(
              lines -> {
                lines.add(3, CELL.formatted("[20, 30)", "x", "2,")); // too small a cell
                lines.add(4, CELL.formatted("[60, 70)", "z", "4,")); // of poor persons only
                lines.add(4, CELL.formatted("[70, 80)", "f", "4,")); // of nobody, before the poor
              });
      case LIES_IN_FIGURES ->
          copy.change(
              lines -> {
                replace(lines, CELL.formatted("[20, 30)", "m", "4,"), "4,$", "6,");
                replace(lines, "d,unknown,f,unknown,4,30.00", "30", "31");
                replace(lines, CELL.formatted("[40, 50)", "y", "4,"), "4,$", "4,1003.00");
              });
      case SAYS_A_FINER_LEVEL -> {
        copy.change(lines -> lines.subList(1, lines.size()).clear());
        level(copy, "age", 0);
      }
    }
  }

  private static void level(ReleaseCopy copy, String dimension, int level) {
    copy.sign(manifest -> ((ObjectNode) manifest.path("levels")).put(dimension, level));
  }

  private static void replace(List<String> lines, String row, String from, String to) {
    int at = lines.indexOf(row);
    if (at < 0) {
      throw new IllegalStateException("no row to be changed");
    }
    lines.set(at, row.replaceFirst(from, to));
  }
}
