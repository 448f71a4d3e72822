package com.segumento.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.privacy.RecordFixture;
import java.util.List;

/**
 * What somebody with our key changes in a release of records, and the promises that it breaks. Rows
 * may be left out up to the suppression limit, so that a class can be made one of other values
 * though each of its rows is somebody's.
 */
enum RecordBreach {
  SAYS_ANOTHER_LEVEL("levels"),
  SMUGGLES_ROWS("format, rows, k"),
  LEAVES_A_VALUE_OUT_OF_A_CLASS("t-closeness"),
  LEAVES_THE_POOR_OUT("l-diversity, t-closeness, suppression");

  /** Ten of thirteen are in classes of three or four. */
  static final String PANEL =
      RecordFixture.PANEL
          .replace("attributes", "segments: [a, b], attributes")
          .replace("0.25", "0.5, t: {attribute: income_band, max: 0.3}")
          .replace("format", "levels: {age: 1, gender: 0}, format");

  /** All thirteen in one class: there is no suppression limit, so nobody may be left out. */
  static final String CENSUS =
      "{name: census, kind: records, segments: [a, b], attributes: {age: quasi, gender: quasi,"
          + " income_band: sensitive}, privacy: {k: 3, l: {attribute: income_band, distinct: 3},"
          + " t: {attribute: income_band, max: 0.2, distance: ordered}}, format: csv}";

  private static final String OF_NO_AGE = "unknown,f,";
  private static final String FIFTIES = "\"[50, 60)\",m,%s,7.00";

  private final String broken;

  RecordBreach(String broken) {
    this.broken = broken;
  }

  /** Labels of the promises. */
  String broken() {
    return broken;
  }

  /** The name of the export whose release is changed. */
  String export() {
    return this == LEAVES_THE_POOR_OUT ? "census" : "panel";
  }

  void tamper(ReleaseCopy copy) {
    switch (this) {
      case SAYS_ANOTHER_LEVEL ->
          copy.sign(manifest -> ((ObjectNode) manifest.path("levels")).put("age", 2));
      case SMUGGLES_ROWS ->
          copy.change(
              lines -> {
                lines.set(lines.size() - 1, OF_NO_AGE + "middle,10.00"); // nobody's
                // Two who are too few, in the order of their income turned round.
                lines.addAll(7, List.of(FIFTIES.formatted("low"), FIFTIES.formatted("high")));
              });
      case LEAVES_A_VALUE_OUT_OF_A_CLASS -> leaveOut(copy, OF_NO_AGE + "high");
      case LEAVES_THE_POOR_OUT -> leaveOut(copy, "*,*,low");
    }
  }

  private static void leaveOut(ReleaseCopy copy, String begins) {
    copy.change(
        lines -> {
          if (!lines.removeIf(line -> line.startsWith(begins))) {
            throw new IllegalStateException("no row to be left out");
          }
        });
  }
}
