package com.segumento.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Consistency of exports with columns, segments, hierarchies and the platform's floors. */
record ExportRules(ClientScope scope) {
  private static final Map<String, Set<String>> FOREIGN =
      Map.of(
          "cells", Set.of("attributes", "destination"),
          "records", Set.of("dimensions", "measures", "destination"),
          "audience", Set.of("dimensions", "levels", "measures", "attributes"));

  void check() {
    List<Setting> exports = scope.client().at("exports").items();
    scope.unique(exports.stream().map(export -> export.at("name")).toList(), "export name");
    for (Setting export : exports) {
      String kind = export.at("kind").text().orElse("");
      for (String key : FOREIGN.getOrDefault(kind, Set.of())) {
        if (export.at(key).given()) {
          findings().say(export.at(key).byKey(), "does not go with kind " + kind + ". Remove it.");
        }
      }
      checkSegments(export, kind);
      checkInterval(export);
      new ExportPrivacyRules(scope, export).check();
      new DifferentialPrivacyRules(scope, export).check();
      switch (kind) {
        case "cells" -> checkCells(export);
        case "records" -> checkRecords(export);
        case "audience" -> new AudienceRules(scope, export).check();
        default -> {
          // The schema has reported it.
        }
      }
    }
  }

  private Findings findings() {
    return scope.findings();
  }

  private void checkSegments(Setting export, String kind) {
    Setting segments = export.at("segments");
    if (!segments.given()) {
      if (kind.equals("cells") || kind.equals("audience")) {
        findings().missing(segments, "a list of segment ids, or the word all");
      }
      return;
    }
    // A file that could not be read is reported already; its segments are not known.
    if (!scope.knowsSegments()) {
      return;
    }
    segments.items().forEach(id -> scope.known(id, scope.segmentIds()));
    scope.unique(segments.items(), "member");
    if (segments.is(Export.ALL_SEGMENTS) && scope.segmentIds().isEmpty()) {
      findings().say(segments, "The client has no segments. Expected a file with some.");
    }
  }

  /** Earlier releases are all that tells when an export is due again. */
  private void checkInterval(Setting export) {
    Setting days = export.at("min_interval_days");
    Setting kept = scope.client().at("retention").at("exports_days");
    if (days.number().isPresent()
        && kept.number().isPresent()
        && days.number().get() > kept.number().get()) {
      findings()
          .wrong(
              days,
              "at most retention.exports_days, which is "
                  + Shown.value(kept.node())
                  + ": a release that is deleted tells no more when the next one is due");
    }
  }

  private void checkCells(Setting export) {
    List<Setting> dimensions = export.at("dimensions").items();
    scope.unique(dimensions, "dimension");
    List<String> known = quasi();
    dimensions.forEach(dimension -> scope.known(dimension, known));
    List<String> names = new ArrayList<>();
    dimensions.forEach(dimension -> dimension.text().ifPresent(names::add));
    if (known.containsAll(names)) {
      new LevelRules(scope, export.at("levels")).check(names, true);
    }
    new MeasureRules(scope, export).check(names);
  }

  private void checkRecords(Setting export) {
    Setting attributes = export.at("attributes");
    if (attributes.keys().isEmpty()) {
      findings().missing(attributes, "columns and their roles");
      return;
    }
    List<String> known = new ArrayList<>(scope.profileColumns().keySet());
    known.add(ClientScope.PLACE);
    known.addAll(scope.segments().at("traits").keys());
    for (Setting attribute : attributes.members()) {
      if (!known.contains(attribute.key()) && scope.knowsSegments()) {
        findings()
            .say(attribute.byKey(), "is not known." + Suggestion.among(attribute.key(), known));
      } else if (attribute.is("identifying")) {
        findings().wrong(attribute, "another role: what identifies a person is not released");
      } else {
        checkRole(attribute);
      }
    }
    List<String> quasi =
        attributes.members().stream()
            .filter(attribute -> attribute.is("quasi"))
            .map(Setting::key)
            .toList();
    if (quasi.isEmpty()) {
      findings().say(attributes, "No attribute is quasi. Expected at least one that is.");
    }
    new LevelRules(scope, export.at("levels")).check(quasi, false);
    new JoinedRecordsRules(scope, export).check();
  }

  /** An export does not weaken what the contract says of a column. */
  private void checkRole(Setting attribute) {
    Setting column = scope.profileColumns().get(attribute.key());
    boolean place = attribute.key().equals(ClientScope.PLACE);
    if (column != null && column.at("role").is("identifying")) {
      findings().say(attribute.byKey(), "identifies a person by its contract. Remove it.");
    } else if ((place || (column != null && column.at("role").is("quasi")))
        && !attribute.is("quasi")) {
      findings().wrong(attribute, "quasi, as it is by contract");
    } else if (column != null && column.at("role").is("sensitive") && attribute.is("insensitive")) {
      findings().wrong(attribute, "sensitive, as it is by contract");
    }
  }

  /** Columns an export may be cut by. */
  private List<String> quasi() {
    List<String> names = new ArrayList<>();
    scope
        .profileColumns()
        .forEach(
            (name, column) -> {
              if (column.at("role").is("quasi")) {
                names.add(name);
              }
            });
    if (scope.client().at("enrich").at("location").given()) {
      names.add(ClientScope.PLACE);
    }
    return names;
  }
}
