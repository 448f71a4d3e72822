package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.privacy.engine.CellEngine;
import com.segumento.privacy.engine.CellFiles;
import java.util.Map;
import java.util.OptionalDouble;

/** A search for levels broken in one way, and the reason code the gate must give for it. */
public enum LevelMutant {
  CHANGES_A_FIXED_LEVEL("levels", Map.of("age", 1, "gender", 1, "place", 1)),
  GOES_ABOVE_THE_HIERARCHY("levels", Map.of("age", 3, "gender", 0, "place", 1)),
  GOES_BELOW_THE_VALUES("levels", Map.of("age", -1, "gender", 0, "place", 1)),
  FORGETS_A_DIMENSION("levels", Map.of("age", 1, "gender", 0)),
  SAYS_OTHER_LEVELS_THAN_IT_USES(
      "suppression_limit, unexpected_cell, count", Map.of("age", 0, "gender", 0, "place", 1)),
  WITHHOLDS_TOO_MANY("suppression_limit", Map.of("age", 0, "gender", 0, "place", 0));

  /** Levels for which 24 of 25 persons are in large enough cells. */
  public static final String EXPORT =
      "{name: found, kind: cells, segments: [a], dimensions: [age, gender, place],"
          + " levels: {age: auto, gender: 0, place: auto}, measures: [{name: customers}],"
          + " privacy: {k: 3}, format: csv}";

  private final String code;

  @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
  private final Map<String, Integer> levels;

  LevelMutant(String code, Map<String, Integer> levels) {
    this.code = code;
    this.levels = levels;
  }

  public String code() {
    return code;
  }

  /** Releases of a careless search, judged by the gate. */
  public Anonymizer anonymizer() {
    return new Anonymizer(
        request -> {
          Map<String, Integer> used =
              this == WITHHOLDS_TOO_MANY ? levels : Map.of("age", 1, "gender", 0, "place", 1);
          Export export = request.export();
          CellFiles.write(
              new CellEngine().plan(request.workspace(), export.at(used), request.sources()),
              request.folder(),
              export.format());
          return new LevelChoice(
              levels, LevelChoice.How.OPTIMAL, OptionalDouble.empty(), OptionalDouble.empty());
        });
  }
}
