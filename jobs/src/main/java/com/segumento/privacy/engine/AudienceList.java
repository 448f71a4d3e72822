package com.segumento.privacy.engine;

/**
 * What becomes of one list, by how many persons are where.
 *
 * @param joining are wanted and were not listed
 * @param staying are wanted and were listed
 * @param leaving were listed, may be, and are no longer wanted
 * @param expelled were listed and may not be any more
 * @param k smallest list, and smallest change
 */
record AudienceList(
    String segment, long joining, long staying, long leaving, long expelled, int k) {

  /** Whether those who want to join do. */
  boolean joins() {
    return joining >= k;
  }

  /** Whether those who are no longer wanted leave. */
  boolean leaves() {
    return leaving >= k;
  }

  long joined() {
    return joins() ? joining : 0;
  }

  /** Who left, with those who had to. */
  long left() {
    return expelled + (leaves() ? leaving : 0);
  }

  long size() {
    return staying + joined() + (leaves() ? 0 : leaving);
  }

  boolean published() {
    return size() >= k;
  }

  /** Whether its change is told: there was a list, it changed, and neither part is of a few. */
  boolean told() {
    boolean before = staying + leaving + expelled > 0;
    return before
        && published()
        && joined() + left() > 0
        && noneOrMany(joined())
        && noneOrMany(left());
  }

  private boolean noneOrMany(long persons) {
    return persons == 0 || persons >= k;
  }
}
