package com.segumento.config;

import java.util.List;

/** Consistency of an export of kind {@code audience}. */
record AudienceRules(ClientScope scope, Setting export) {
  private static final List<String> FOREIGN =
      List.of("suppression_limit", "l", "t", "dominance", "round_to");

  void check() {
    Setting destination = export.at("destination");
    if (!destination.given()) {
      findings().missing(destination, "the id and key of who receives the audience");
    }
    if (!scope.client().at("agreement").at("activation").isTrue()) {
      findings()
          .say(
              export.at("kind"),
              "The agreement does not cover activation. Remove the export, or set"
                  + " agreement.activation where it was agreed.");
    }
    for (String model : FOREIGN) {
      Setting asked = export.at("privacy").at(model);
      if (asked.given()) {
        findings().say(asked.byKey(), "does not go with kind audience. Remove it.");
      }
    }
    checkKey(destination);
    checkSegments(destination.at("id"));
    warnWhereNobodyCanSayNo();
  }

  private Findings findings() {
    return scope.findings();
  }

  /** Lists under one key can be joined, and those under the client's own tell its person keys. */
  private void checkKey(Setting destination) {
    Setting key = destination.at("key");
    if (key.text().isEmpty()) {
      return;
    }
    if (key.node().equals(scope.client().at("keys").at("person").node())) {
      findings().wrong(key, "another alias: that one is of the secret that keys persons");
    }
    for (Setting other : scope.client().at("exports").items()) {
      Setting beside = other.at("destination");
      if (beside.at("key").node().equals(key.node())
          && beside.at("id").text().isPresent()
          && !beside.at("id").node().equals(destination.at("id").node())) {
        findings()
            .wrong(
                key,
                "another alias: destination "
                    + Shown.text(beside.at("id").node().textValue())
                    + " has it too, and two destinations must not be able to join their lists");
        return;
      }
    }
  }

  /** A list goes on from the one before of its export; that of another is not looked at. */
  private void checkSegments(Setting destination) {
    if (destination.text().isEmpty()) {
      return;
    }
    for (Setting other : scope.client().at("exports").items()) {
      if (other.path().equals(export.path())) {
        return; // of two, the second is told
      }
      if (other.at("destination").at("id").node().equals(destination.node())) {
        checkSegments(other, destination.node().textValue());
      }
    }
  }

  private void checkSegments(Setting other, String destination) {
    String why =
        ": export "
            + Shown.text(other.at("name").text().orElse(""))
            + " lists it for destination "
            + Shown.text(destination)
            + " too, and two lists of one segment may differ by one person";
    List<String> listed = ids(other.at("segments"));
    Setting own = export.at("segments");
    if (own.is(Export.ALL_SEGMENTS)) {
      listed.stream()
          .findFirst()
          .ifPresent(id -> findings().wrong(own, "a list without " + Shown.text(id) + why));
    }
    own.items().stream()
        .filter(segment -> segment.text().filter(listed::contains).isPresent())
        .forEach(segment -> findings().wrong(segment, "another segment" + why));
  }

  private List<String> ids(Setting segments) {
    return segments.is(Export.ALL_SEGMENTS)
        ? List.copyOf(scope.segmentIds())
        : segments.items().stream().flatMap(segment -> segment.text().stream()).toList();
  }

  private void warnWhereNobodyCanSayNo() {
    boolean some =
        scope.datasets(DatasetContract.Kind.PROFILE).stream()
            .anyMatch(dataset -> dataset.at("opt_out").given());
    if (!some) {
      findings()
          .warn(
              export.at("kind"),
              "no dataset says by opt_out who wants to be in no audience. Expected the column that"
                  + " does, where the client has one.");
    }
  }
}
