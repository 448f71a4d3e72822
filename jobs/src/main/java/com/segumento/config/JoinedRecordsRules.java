package com.segumento.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two exports of records about the same persons. Who has both joins their rows by the attributes
 * they share: where one is finer in age and the other in place, persons are in both of a class of
 * each, which fewer than k may be. Where both cut the same persons into the same classes, a class
 * that the two share is one of k persons.
 */
record JoinedRecordsRules(ClientScope scope, Setting export) {
  private static final String QUASI = "quasi";

  /** Looks at the exports before; of two, the second is told. */
  void check() {
    for (Setting other : scope.client().at("exports").items()) {
      if (other.path().equals(export.path())) {
        return;
      }
      if (other.at("kind").is("records") && samePersons(other)) {
        shared(other).filter(any -> !sameClasses(other)).ifPresent(shared -> warn(other, shared));
      }
    }
  }

  private void warn(Setting other, String shared) {
    scope
        .findings()
        .warn(
            export.at("attributes").byKey(),
            "Export "
                + Shown.text(other.at("name").text().orElse(""))
                + " has records of the same persons: joined by "
                + Shown.key(shared)
                + ", rows of both may tell of fewer than k. Expected one export of all attributes,"
                + " or the same segments and the same quasi attributes in both, each at the same"
                + " level, given as a number.");
  }

  /** Whether somebody is in both, by what is configured. */
  private boolean samePersons(Setting other) {
    Setting ours = export.at("segments");
    Setting theirs = other.at("segments");
    return everybody(ours)
        || everybody(theirs)
        || ids(ours).stream().anyMatch(id -> ids(theirs).contains(id));
  }

  /** All segments may hold the members of any. */
  private static boolean everybody(Setting segments) {
    return !segments.given() || segments.is(Export.ALL_SEGMENTS);
  }

  private static Set<String> ids(Setting segments) {
    Set<String> ids = new HashSet<>();
    segments.items().forEach(segment -> segment.text().ifPresent(ids::add));
    return ids;
  }

  private Optional<String> shared(Setting other) {
    List<String> theirs = other.at("attributes").keys();
    return export.at("attributes").keys().stream().filter(theirs::contains).findFirst();
  }

  private boolean sameClasses(Setting other) {
    Set<String> quasi = quasi(export);
    Setting ours = export.at("segments");
    Setting theirs = other.at("segments");
    return ours.given() == theirs.given()
        && ours.is(Export.ALL_SEGMENTS) == theirs.is(Export.ALL_SEGMENTS)
        && ids(ours).equals(ids(theirs))
        && quasi.equals(quasi(other))
        && quasi.stream().allMatch(name -> sameLevel(other, name));
  }

  private static Set<String> quasi(Setting export) {
    Set<String> quasi = new HashSet<>();
    export.at("attributes").members().stream()
        .filter(attribute -> attribute.is(QUASI))
        .forEach(attribute -> quasi.add(attribute.key()));
    return quasi;
  }

  /** A level that is found may be another one in each. */
  private boolean sameLevel(Setting other, String name) {
    Optional<Double> level = export.at("levels").at(name).number();
    return level.isPresent() && level.equals(other.at("levels").at(name).number());
  }
}
