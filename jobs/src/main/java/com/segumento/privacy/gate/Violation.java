package com.segumento.privacy.gate;

import java.util.Locale;

/** Why the gate refuses; {@link #code()} is what operators see. */
public enum Violation {
  UNCHECKABLE("The export is not of a kind or has a guarantee this gate can check."),
  FILES("Not the data files there have to be, or a file beside them."),
  LEVELS("Levels other than the configured ones, or that no hierarchy has."),
  SUPPRESSION_LIMIT("More members are in no cell of their own than the suppression limit allows."),
  COLUMNS("Other columns, or of other types, than the export defines."),
  UNREADABLE("A row that is not written the one way it can be."),
  NULL_LABEL("A segment or a label is missing."),
  DUPLICATE_CELL("Two rows of one cell."),
  ROW_ORDER("Rows in another order than that of their labels."),
  UNEXPECTED_CELL(
      "A cell nobody is in: another segment, another level, an invented label, or what "
          + "is left of a place whose persons are all in other cells."),
  BELOW_K("Fewer than k distinct persons."),
  DIVERSITY("Too few distinct values of the sensitive column."),
  COUNT(
      "A count that is not the (rounded) number of distinct persons; of what is left of "
          + "a place, of all its persons that are in no other cell."),
  SUM(
      "A sum that is not that of the clamped shares, or is published with too few "
          + "contributors."),
  DOMINANCE(
      "A sum the p% rule holds back, or published ones from which such a sum can be "
          + "worked out: what is left of a total beside its parts, or what single equations "
          + "of these tell."),
  PERSON_IN_TWO_PLACES(
      "A person with two places, who could be counted twice where places are joined."),
  MIXED_DEFINITIONS("Members of one segment by two definitions."),
  UNEXPECTED_ROW("A row that is nobody's: another level, an invented or changed value."),
  OUTSIDER("A row of somebody who is in none of the export's segments."),
  DUPLICATE_ROW("More rows alike than there are persons whose they are."),
  CLOSENESS("A class whose sensitive values are not distributed as those of all."),
  SUPPRESSION(
      "More persons left out, as too few together for a cell or class, than the export "
          + "allows."),
  LOST_MEMORY(
      "The release memory is not the one that earlier releases were remembered in, or "
          + "an older one."),
  OTHER_PERSONS("Nearly none of the persons earlier releases are about is in the data any more."),
  UNREMEMBERED("A figure that is not that of the persons the release memory says are behind it."),
  REWRITTEN_MEMORY("The release memory was changed in more than what this release adds to it."),
  STRANGER("Somebody is remembered as behind a figure who is not there by tonight's tables."),
  FEW_CHANGED(
      "A figure that 1 to k-1 persons have joined, or left, since one of its releases "
          + "that is remembered."),
  VANISHED_CELLS(
      "A figure that somebody still stands behind, by the release memory, and that "
          + "could be shown, is in no row; or the sums of a row that is gone are still "
          + "remembered."),
  FEW_IN_SUMS_OF_CELLS(
      "Figures of several cells of a segment, of which 1 to k-1 persons make the "
          + "difference since some release that is remembered."),
  NEARLY_ANOTHER_SEGMENT(
      "A figure that differs by 1 to k-1 persons from that of another segment, or of the same one"
          + " from one counted alike."),
  CHANGED_NEARLY_AS_ANOTHER_SEGMENT(
      "A figure that changed as that of another segment, or the other way, but for 1 to "
          + "k-1 persons."),
  SUMS_TOGETHER(
      "Three sums or more of a row that, added up and subtracted, tell what 1 to k-1 persons add."),
  NEARLY_ALIKE(
      "A sum, or several of one row, of which the number of persons of the row tells what 1 to k-1"
          + " persons add: all others add the same, or have come to; or the p% rule holds back what"
          + " is left to the most they could add."),
  NEARLY_ANOTHER_CELL("A cell that differs by 1 to k-1 persons from one of other labels."),
  NEARLY_A_UNION(
      "Cells of three segments that tell of 1 to k-1 persons together: one of them is "
          + "nearly the union of the two others, which have nearly nobody in common."),
  NOISE("A figure that is not its set's with the noise that the client's secret gives it."),
  LOST_BUDGET(
      "The ledger of the privacy budget is not the one earlier noise is in, or an older " + "one."),
  UNACCOUNTED("Noise that is not in the ledger of the privacy budget with what it costs."),
  OVERSPENT("More was spent than the client's privacy budget."),
  TOTALS(
      "A group of 1 to k-1 persons can be computed from totals and their parts, or "
          + "bounded more tightly than by k persons."),
  TOTALS_OF_OTHER_NIGHTS(
      "What is left of a total beside parts of another release is about 1 to k-1 " + "persons."),
  TOTALS_OF_OTHER_SEGMENTS(
      "What is left of a total beside parts of another segment, now or at another "
          + "release, is about 1 to k-1 persons."),
  GROWTH_OF_TOTALS(
      "What is left of a total beside its parts has changed by 1 to k-1 persons since "
          + "some release that is remembered."),
  TOO_MANY_GROUPS(
      "More groups of persons behind the same cells of several shapes than are looked " + "at."),
  TOLD_OTHERWISE(
      "A cell that differs by fewer than k persons from a set of which another figure "
          + "was told."),
  FILE_MEMBERSHIP("A row in another file than its values say."),
  OPTED_OUT("Somebody is in an audience who said no to it, or of whom there is no profile."),
  SMALL_CHANGE(
      "Fewer than k persons joined a list, or left it, but for those who must leave at " + "once."),
  PREDECESSOR(
      "A list that does not go on from the one its destination has, or that list is not "
          + "as it was signed."),
  STALE("Persons are still in a list whose segment k of them, or more, have left."),
  DIFF("What a diff says is not the change of its list, or tells of fewer than k " + "persons.");

  private final String says;

  Violation(String says) {
    this.says = says;
  }

  /** What is wrong, in a sentence. */
  public String says() {
    return says;
  }

  /** The reason code, such as {@code below_k}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
