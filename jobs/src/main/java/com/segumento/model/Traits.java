package com.segumento.model;

/**
 * The trait table of a client: one row per person of {@link Profiles}, {@link Persons#PERSON_KEY}
 * and then one column a trait. Its columns follow the client's definitions of the night.
 */
public final class Traits {
  /** Name of the table. */
  public static final String NAME = "traits";

  private Traits() {}
}
