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
}
