package com.segumento.privacy;

/**
 * What the gate refuses beside broken engines; each reason code is asserted by the test that is
 * named.
 */
public enum Tampering {
  /** {@code LostMemoryTest}. */
  PUTS_AN_OLDER_MEMORY_BACK("lost_memory"),
  /** {@code LostMemoryTest}. */
  HASHES_WITH_ANOTHER_SALT("other_persons"),
  /** {@code NoisyExportTest}. */
  REMOVES_THE_BUDGET("lost_budget"),
  /** {@code AnsweredBeforeTest}. */
  IS_TOLD_OTHERWISE_BEFORE("told_otherwise"),
  /** {@code TotalsTest}. */
  PUBLISHES_PARTS_OF_AN_EARLIER_TOTAL("totals_of_other_nights"),
  /** {@code TotalsTest}. */
  GROWS_PARTS_NEARLY_AS_THEIR_TOTAL("growth_of_totals"),
  /** {@code StandingPlanTest}. */
  HAS_TOO_MANY_GROUPS("too_many_groups"),
  /** {@code EveryViolationTest}. */
  PROMISES_WHAT_NOBODY_CHECKS("uncheckable");

  private final String code;

  Tampering(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
