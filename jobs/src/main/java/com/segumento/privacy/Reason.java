package com.segumento.privacy;

import java.util.Locale;

/**
 * Why a number of persons, or a sum, is not in a release of cells, or is there as an earlier
 * release had it. For engineers, who look for what a release cost; no client is told.
 */
public enum Reason {
  TOO_FEW("Fewer than k persons, or contributors of a sum, are behind it."),
  TOO_ALIKE("The persons behind it have too few different sensitive values."),
  DOMINATED("One contributor of the sum could work out another's share."),
  EARLIER_RELEASES("It differs from what an earlier release had there by fewer than k persons."),
  ANSWERS("An answer to a question told of other persons in that cell."),
  ANOTHER_SEGMENT(
      "It differs from another segment's, or another figure's, of the same cell by fewer than k"
          + " persons, now or in what changed."),
  SEVERAL_SEGMENTS(
      "It differs from what several other segments are together, or share, by fewer than k"
          + " persons."),
  OTHER_CELLS("It differs from a cell of other labels by fewer than k persons."),
  SUMS_TOGETHER("Beside other sums of its row it would tell of fewer than k persons."),
  NEARLY_ALIKE(
      "Beside the number of persons of its row it would tell of fewer than k: all others add the"
          + " same."),
  SUMS_OF_CELLS("Added to other cells over several nights it would tell of fewer than k persons."),
  TOTALS("A total, less its parts, would tell of fewer than k persons."),
  TOTALS_OF_OTHER_NIGHTS("A total of one night, less parts of another, would."),
  TOTALS_OF_OTHER_SEGMENTS("A total of one segment, less parts of another, would."),
  GROWTH_OF_TOTALS("What a total grew by, less what its parts grew by, would."),
  BESIDE("It goes with another figure, of its row or its segment, that is held back.");

  private final String says;

  Reason(String says) {
    this.says = says;
  }

  /** What it means, in a sentence. */
  public String says() {
    return says;
  }

  /** Its name in reports, such as {@code too_few}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this code. */
  public static Reason of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
