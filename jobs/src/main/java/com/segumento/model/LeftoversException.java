package com.segumento.model;

import java.util.List;

/** Something is left that was to be gone; nothing is certified. */
public final class LeftoversException extends JobException {
  private static final long serialVersionUID = 1L;

  /** The exit status of this kind of failure. */
  public static final int EXIT_STATUS = 1;

  private static final int MOST_NAMED = 20;

  /**
   * @param what is so, and what to do
   * @param objects names of those that are left
   */
  public LeftoversException(String what, List<String> objects) {
    super(
        EXIT_STATUS,
        what
            + " Nothing was certified. Objects: "
            + String.join(", ", objects.subList(0, Math.min(MOST_NAMED, objects.size())))
            + (objects.size() > MOST_NAMED
                ? " and " + (objects.size() - MOST_NAMED) + " more."
                : "."),
        null);
  }
}
