package com.segumento.segment;

import java.util.Set;

/**
 * A column of a rule that only a look at all persons can tell: a place in an order, a likeness to
 * others. Its name begins with {@code #}.
 */
interface Survey extends Surveying {
  /** The traits and profile columns it reads. */
  Set<String> columns();

  /**
   * The segments whose members it reads; each is a column {@link MarkSegments#in} of the persons.
   */
  Set<String> segments();
}
