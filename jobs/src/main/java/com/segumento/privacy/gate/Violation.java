package com.segumento.privacy.gate;

import java.util.Locale;

/** Why the gate refuses; {@link #code()} is what operators see. */
public enum Violation {
  /** The export is not of a kind or has a guarantee this gate can check. */
  UNCHECKABLE,
  /** Not the data files there have to be, or a file beside them. */
  FILES,
  /** Levels other than the configured ones, or that no hierarchy has. */
  LEVELS,
  /** More members are in no cell of their own than the suppression limit allows. */
  SUPPRESSION_LIMIT,
  /** Other columns, or of other types, than the export defines. */
  COLUMNS,
  /** A row that is not written the one way it can be. */
  UNREADABLE,
  /** A segment or a label is missing. */
  NULL_LABEL,
  /** Two rows of one cell. */
  DUPLICATE_CELL,
  /** Rows in another order than that of their labels. */
  ROW_ORDER,
  /**
   * A cell nobody is in: another segment, another level, an invented label, or what is left of a
   * place whose persons are all in other cells.
   */
  UNEXPECTED_CELL,
  /** Fewer than k distinct persons. */
  BELOW_K,
  /** Too few distinct values of the sensitive column. */
  DIVERSITY,
  /**
   * A count that is not the (rounded) number of distinct persons; of what is left of a place, of
   * all its persons that are in no other cell.
   */
  COUNT,
  /** A sum that is not that of the clamped shares, or is published with too few contributors. */
  SUM,
  /**
   * A sum the p% rule holds back, or published ones from which such a sum can be worked out: what
   * is left of a total beside its parts, or what single equations of these tell.
   */
  DOMINANCE,
  /** A person with two places, who could be counted twice where places are joined. */
  PERSON_IN_TWO_PLACES,
  /** Members of one segment by two definitions. */
  MIXED_DEFINITIONS,
  /** A row that is nobody's: another level, an invented or changed value. */
  UNEXPECTED_ROW,
  /** A row of somebody who is in none of the export's segments. */
  OUTSIDER,
  /** More rows alike than there are persons whose they are. */
  DUPLICATE_ROW,
  /** A class whose sensitive values are not distributed as those of all. */
  CLOSENESS,
  /** More persons left out, as too few together for a cell or class, than the export allows. */
  SUPPRESSION,
  /**
   * The release memory is not the one that earlier releases were remembered in, or an older one.
   */
  LOST_MEMORY,
  /** Nearly none of the persons earlier releases are about is in the data any more. */
  OTHER_PERSONS,
  /** A figure that is not that of the persons the release memory says are behind it. */
  UNREMEMBERED,
  /** The release memory was changed in more than what this release adds to it. */
  REWRITTEN_MEMORY,
  /** Somebody is remembered as behind a figure who is not there by tonight's tables. */
  STRANGER,
  /**
   * A figure that 1 to k-1 persons have joined, or left, since one of its releases that is
   * remembered.
   */
  FEW_CHANGED,
  /**
   * A figure that somebody still stands behind, by the release memory, and that could be shown, is
   * in no row; or the sums of a row that is gone are still remembered.
   */
  VANISHED_CELLS,
  /**
   * Figures of several cells of a segment, of which 1 to k-1 persons make the difference since some
   * release that is remembered.
   */
  FEW_IN_SUMS_OF_CELLS,
  /** A figure that differs by 1 to k-1 persons from that of another segment. */
  NEARLY_ANOTHER_SEGMENT,
  /**
   * A figure that changed as that of another segment, or the other way, but for 1 to k-1 persons.
   */
  CHANGED_NEARLY_AS_ANOTHER_SEGMENT,
  /** A cell that differs by 1 to k-1 persons from one of other labels. */
  NEARLY_ANOTHER_CELL,
  /**
   * Cells of three segments that tell of 1 to k-1 persons together: one of them is nearly the union
   * of the two others, which have nearly nobody in common.
   */
  NEARLY_A_UNION,
  /** A figure that is not its set's with the noise that the client's secret gives it. */
  NOISE,
  /** The ledger of the privacy budget is not the one earlier noise is in, or an older one. */
  LOST_BUDGET,
  /** Noise that is not in the ledger of the privacy budget with what it costs. */
  UNACCOUNTED,
  /** More was spent than the client's privacy budget. */
  OVERSPENT,
  /**
   * A group of 1 to k-1 persons can be computed from totals and their parts, or bounded more
   * tightly than by k persons.
   */
  TOTALS,
  /** What is left of a total beside parts of another release is about 1 to k-1 persons. */
  TOTALS_OF_OTHER_NIGHTS,
  /**
   * What is left of a total beside parts of another segment, now or at another release, is about 1
   * to k-1 persons.
   */
  TOTALS_OF_OTHER_SEGMENTS,
  /**
   * What is left of a total beside its parts has changed by 1 to k-1 persons since some release
   * that is remembered.
   */
  GROWTH_OF_TOTALS,
  /** More groups of persons behind the same cells of several shapes than are looked at. */
  TOO_MANY_GROUPS,
  /** A cell that differs by fewer than k persons from a set of which another figure was told. */
  TOLD_OTHERWISE,
  /** A row in another file than its values say. */
  FILE_MEMBERSHIP,
  /** Somebody is in an audience who said no to it, or of whom there is no profile. */
  OPTED_OUT,
  /** Fewer than k persons joined a list, or left it, but for those who must leave at once. */
  SMALL_CHANGE,
  /**
   * A list that does not go on from the one its destination has, or that list is not as it was
   * signed.
   */
  PREDECESSOR,
  /** Persons are still in a list whose segment k of them, or more, have left. */
  STALE,
  /** What a diff says is not the change of its list, or tells of fewer than k persons. */
  DIFF;

  /** The reason code, such as {@code below_k}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
