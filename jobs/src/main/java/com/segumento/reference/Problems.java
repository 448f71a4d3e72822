package com.segumento.reference;

import com.segumento.model.DataContractException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the files of a reference, gathered so that they are refused all at once. */
final class Problems {
  /** How many problems a refusal spells out. */
  static final int SHOWN = 5;

  private final List<String> found = new ArrayList<>();

  void add(String file, String problem) {
    found.add(file + ": " + problem);
  }

  void add(String file, int line, String problem) {
    found.add(file + ", line " + line + ": " + problem);
  }

  /** Refuses the reference where anything was found. */
  void refuse(String reference) {
    if (found.isEmpty()) {
      return;
    }
    List<String> shown = found.subList(0, Math.min(SHOWN, found.size()));
    String more = found.size() > SHOWN ? " And " + (found.size() - SHOWN) + " more." : "";
    throw new DataContractException(
        "Reference "
            + reference
            + " was not loaded, its table is as it was. Correct the files and load again. "
            + String.join(" ", shown)
            + more);
  }
}
