package com.segumento.segment;

import java.io.Serializable;
import java.util.List;

/**
 * A sequence of steps, apart from what they say: the n-th step of the definition is bit n, from 0,
 * of the mask of steps an event matches. Times are microseconds.
 *
 * @param steps those that have to happen, in order; at least one
 * @param never the mask of what must not happen before the first of them
 * @param within longest time from the first step to the last; {@link #ANY} where there is none
 */
record SequencePattern(List<Step> steps, int never, long within) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No bound. */
  static final long ANY = Long.MAX_VALUE;

  /** Most steps of a sequence, those that must not happen included. */
  static final int MOST = 20;

  SequencePattern {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("A sequence without a step that happens.");
    }
  }

  /**
   * A step that has to happen.
   *
   * @param bit of the events that match it
   * @param never the mask of what must not happen between it and the next step; after it, where it
   *     is the last
   * @param after least time since the step before it, 0 unless said
   * @param before most time since the step before it
   */
  record Step(int bit, int never, long after, long before) implements Serializable {
    private static final long serialVersionUID = 1L;

    boolean matches(int mask) {
      return (mask & bit) != 0;
    }
  }

  /** Whether the sequence ends with what must not happen. */
  boolean endsInNever() {
    return steps.get(steps.size() - 1).never() != 0;
  }

  /** The step reached by who met all. */
  int last() {
    return steps.size() + (endsInNever() ? 1 : 0);
  }
}
