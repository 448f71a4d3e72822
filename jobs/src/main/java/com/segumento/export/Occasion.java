package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a release is made for. */
enum Occasion {
  /** The export as it is configured, night by night. */
  NIGHT,
  /** Somebody's question, with segments of its own. */
  ADHOC;

  private static final String MEMBER = "adhoc";

  /** That of a release, as its manifest says. */
  static Occasion of(JsonNode manifest) {
    return manifest.path(MEMBER).asBoolean() ? ADHOC : NIGHT;
  }

  /** Has a manifest say it; that of a night has nothing more to say. */
  void mark(ObjectNode manifest) {
    if (this == ADHOC) {
      manifest.put(MEMBER, true);
    }
  }
}
