package com.segumento.config;

import java.util.List;
import java.util.Optional;

/** Generalization levels of an export. */
record LevelRules(ClientScope scope, Setting levels) {
  /** Postal code, district, state, zone, country, {@code *}. */
  private static final int PLACE_TOP = 5;

  private static final int COUNTRY = 4;

  /**
   * @param names what is generalized
   * @param all whether each needs a level
   */
  void check(List<String> names, boolean all) {
    for (String name : names) {
      Setting level = levels.at(name);
      if (level.given()) {
        checkRange(level, name);
      } else if (all) {
        scope.findings().missing(level, "the level of this dimension: a number from 0, or auto");
      }
    }
    for (Setting level : levels.members()) {
      if (!names.contains(level.key())) {
        scope
            .findings()
            .say(
                level.byKey(),
                "is not generalized in this export." + Suggestion.among(level.key(), names));
      }
    }
  }

  private void checkRange(Setting level, String name) {
    boolean place = name.equals(ClientScope.PLACE);
    boolean country = scope.client().at("enrich").at("location").at("by").is("country");
    int lowest = place && country ? COUNTRY : 0;
    Optional<Integer> top = place ? Optional.of(PLACE_TOP) : top(name);
    level
        .number()
        .filter(number -> number >= 0 && number == Math.rint(number))
        .filter(number -> number < lowest || number > top.orElse(Integer.MAX_VALUE))
        .ifPresent(
            number ->
                scope
                    .findings()
                    .wrong(
                        level,
                        "a level from "
                            + lowest
                            + " to "
                            + top.map(String::valueOf).orElse("the last of the hierarchy")
                            + (place && country ? ", as only countries are known" : "")));
  }

  /** The level that joins all values of a column; nothing where its hierarchy is broken. */
  private Optional<Integer> top(String name) {
    Setting column = scope.profileColumns().get(name);
    if (column == null) {
      return Optional.empty();
    }
    Setting hierarchy = column.at("hierarchy");
    Optional<String> file = hierarchy.at("file").text();
    if (file.isEmpty()) {
      int intervals = hierarchy.at("intervals").items().size();
      return Optional.of(intervals + 1);
    }
    if (!Source.inside(file.get())) {
      return Optional.empty();
    }
    int count = HierarchyFile.read(scope.directory(), file.get(), new Findings()).levels();
    return count == 0 ? Optional.empty() : Optional.of(count - 1);
  }
}
