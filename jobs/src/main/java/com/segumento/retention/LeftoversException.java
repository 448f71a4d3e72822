package com.segumento.retention;

import java.util.List;

/** Something is left that was to be gone; nothing is certified. */
public final class LeftoversException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_NAMED = 20;

  LeftoversException(String what, List<String> objects) {
    super(
        what
            + " Nothing was certified. Objects: "
            + String.join(", ", objects.subList(0, Math.min(MOST_NAMED, objects.size())))
            + (objects.size() > MOST_NAMED
                ? " and " + (objects.size() - MOST_NAMED) + " more."
                : "."));
  }
}
