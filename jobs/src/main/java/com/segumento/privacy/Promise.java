package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.privacy.gate.Violation;
import java.util.Locale;

/** What a release promises, and which of the gate's reason codes say that it does not keep it. */
public enum Promise {
  FORMAT("The files have the columns, types and row order the export defines, and no more."),
  LEVELS("The levels are such as the export may have."),
  ROWS(
      "Every row is that of persons of the source, at these levels; in cells, as of the release that"
          + " last changed it."),
  K("At least k distinct persons are behind every row."),
  L_DIVERSITY("The sensitive values behind every row are as diverse as promised."),
  T_CLOSENESS("The sensitive values of every class are distributed like those of all."),
  COUNTS(
      "Every count is that of the persons behind the row, who changed by groups of k since a row"
          + " was first published, rounded as promised."),
  SUMS("Every sum is that of the clamped values of at least k contributors."),
  DOMINANCE("No sum tells one contributor the share of another."),
  SUPPRESSION("No more persons were left out as too few together than promised."),
  DEFINITIONS("The members of a segment are by one definition, the one the manifest says."),
  OPT_OUTS("Nobody is listed who said no to it."),
  CHANGES(
      "None or at least k persons joined each list, and none or at least k left it, but for those"
          + " who must leave at once."),
  MEMORY(
      "Between any two releases of a cell, between it and the cells it is compared with, and"
          + " between sums of cells of a segment, none or at least k persons make the difference."),
  NOISE(
      "Every figure carries the noise that the client's secret gives the set of persons behind"
          + " it."),
  BUDGET("What all noise has cost is accounted for, and within the privacy budget."),
  TOTALS(
      "No totals and parts, of one segment or of two, tell, together, of fewer than k persons in"
          + " some of them only."),
  DIFFS("What is said to have joined and left is what did, none or at least k persons each.");

  private final String says;

  Promise(String says) {
    this.says = says;
  }

  /** What is promised, in a sentence. */
  public String says() {
    return says;
  }

  /** Its name for people, such as {@code l-diversity}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether {@code export} promises it. */
  public boolean of(Export export) {
    return switch (this) {
      case FORMAT, ROWS, K -> true;
      case LEVELS -> export.kind() != Export.Kind.AUDIENCE;
      case L_DIVERSITY -> export.privacy().l() != null;
      case T_CLOSENESS -> export.privacy().t() != null;
      case COUNTS, MEMORY, TOTALS -> export.kind() == Export.Kind.CELLS;
      case DEFINITIONS -> export.kind() != Export.Kind.RECORDS;
      case OPT_OUTS, CHANGES, DIFFS -> export.kind() == Export.Kind.AUDIENCE;
      case NOISE, BUDGET -> export.privacy().dp() != null;
      case SUMS -> export.measures().stream().anyMatch(measure -> measure.sum() != null);
      case DOMINANCE -> export.privacy().dominance() != null;
      case SUPPRESSION ->
          export.privacy().suppressionLimit() != null
              || export.kind() == Export.Kind.RECORDS
              || export.searchesLevels();
    };
  }

  /** The promise that a release of this violation does not keep. */
  static Promise brokenBy(Violation violation) {
    return switch (violation) {
      case UNCHECKABLE,
          FILES,
          COLUMNS,
          UNREADABLE,
          NULL_LABEL,
          DUPLICATE_CELL,
          ROW_ORDER,
          FILE_MEMBERSHIP ->
          FORMAT;
      case LEVELS -> LEVELS;
      case UNEXPECTED_CELL, UNEXPECTED_ROW, DUPLICATE_ROW, OUTSIDER -> ROWS;
      case BELOW_K, PERSON_IN_TWO_PLACES -> K;
      case DIVERSITY -> L_DIVERSITY;
      case CLOSENESS -> T_CLOSENESS;
      case COUNT -> COUNTS;
      case SUM, SUMS_TOGETHER, NEARLY_ALIKE -> SUMS;
      case DOMINANCE -> DOMINANCE;
      case SUPPRESSION, SUPPRESSION_LIMIT -> SUPPRESSION;
      case MIXED_DEFINITIONS -> DEFINITIONS;
      case OPTED_OUT -> OPT_OUTS;
      case LOST_MEMORY,
          OTHER_PERSONS,
          UNREMEMBERED,
          REWRITTEN_MEMORY,
          STRANGER,
          FEW_CHANGED,
          VANISHED_CELLS,
          FEW_IN_SUMS_OF_CELLS,
          NEARLY_ANOTHER_SEGMENT,
          CHANGED_NEARLY_AS_ANOTHER_SEGMENT,
          NEARLY_ANOTHER_CELL,
          TOLD_OTHERWISE ->
          MEMORY;
      case NOISE -> NOISE;
      case LOST_BUDGET, UNACCOUNTED, OVERSPENT -> BUDGET;
      case NEARLY_A_UNION,
          TOTALS,
          TOTALS_OF_OTHER_NIGHTS,
          TOTALS_OF_OTHER_SEGMENTS,
          GROWTH_OF_TOTALS,
          TOO_MANY_GROUPS ->
          TOTALS;
      case SMALL_CHANGE, PREDECESSOR, STALE -> CHANGES;
      case DIFF -> DIFFS;
    };
  }
}
