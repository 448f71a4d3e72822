package com.segumento.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Export;
import java.util.Collections;
import java.util.List;

/**
 * What somebody with our key changes in a release of cells that goes on from others, and the
 * promises that it breaks. A release alone cannot break what totals and parts tell together, nor
 * what noise has cost: that is in tables, so there a run is made up that left them as a broken
 * engine would have.
 */
enum NightBreach {
  TELLS_OF_ONE_WHO_CAME("nights", "counts, memory"),
  ADDS_A_PART_OF_A_TOTAL("nights", "totals"),
  SAYS_ANOTHER_LEVEL("noisy", "levels"),
  BREAKS_ALL_THE_OTHERS(
      "noisy", "parameters, format, rows, k, counts, definitions, memory, noise, budget, totals");

  private final String export;
  private final String broken;

  NightBreach(String export, String broken) {
    this.export = export;
    this.broken = broken;
  }

  /** Name of the export whose release is changed. */
  String export() {
    return export;
  }

  /** Whether it is one of this export. */
  boolean of(Export other) {
    return export.equals(other.name());
  }

  /** Labels of the promises. */
  String broken() {
    return broken;
  }

  void tamper(ReleaseCopy copy, Nights nights) {
    switch (this) {
      case TELLS_OF_ONE_WHO_CAME -> copy.change(lines -> lines.set(1, "a,f,11"));
      case ADDS_A_PART_OF_A_TOTAL -> {
        copy.change(lines -> lines.add("a,m,8"));
        run(copy, nights.rememberingAPart(export));
      }
      case SAYS_ANOTHER_LEVEL ->
          copy.sign(manifest -> ((ObjectNode) manifest.path("levels")).put("gender", 1));
      case BREAKS_ALL_THE_OTHERS -> {
        // A part that no noise was drawn for, and before all what nobody is in.
        copy.change(lines -> lines.addAll(List.of("a,m,800", "a,q,5")));
        copy.change(lines -> Collections.swap(lines, 1, 3));
        copy.sign(
            manifest -> {
              ((ObjectNode) manifest.at("/segments/0")).put("definition_hash", "another");
              ((ObjectNode) manifest.at("/privacy/dp/budget")).put("epsilon", 200);
            });
        run(copy, nights.rememberingAPart(export));
      }
    }
  }

  private static void run(ReleaseCopy copy, String run) {
    copy.sign(manifest -> manifest.put("run", run));
  }
}
