package com.segumento.config;

import java.util.Optional;

/** Noise of an export, and the budget it is drawn on. */
record DifferentialPrivacyRules(ClientScope scope, Setting export) {
  void check() {
    Setting asked = export.at("privacy").at("dp");
    if (!asked.given()) {
      return;
    }
    if (!export.at("kind").is("cells")) {
      scope.findings().say(asked.byKey(), "goes with kind cells. Remove it.");
    }
    Setting delta = asked.at("delta");
    boolean gaussian = asked.at("mechanism").is("gaussian");
    if (gaussian && !delta.given()) {
      scope.findings().missing(delta, "the chance of a larger loss, as in 1.0e-9");
    } else if (asked.at("mechanism").is("laplace") && delta.given()) {
      scope.findings().say(delta.byKey(), "goes with mechanism gaussian. Remove it.");
    }
    checkBudget(asked, gaussian);
    warnOfExactFigures(asked);
  }

  private void warnOfExactFigures(Setting asked) {
    scope.client().at("exports").items().stream()
        .filter(other -> other.at("kind").is("cells"))
        .filter(other -> !other.at("privacy").at("dp").given())
        .findFirst()
        .flatMap(other -> other.at("name").text())
        .ifPresent(
            name ->
                scope
                    .findings()
                    .warn(
                        asked.byKey(),
                        "export "
                            + Shown.text(name)
                            + " tells figures of cells without noise. Expected privacy.dp there"
                            + " too, or cells that have nothing to do with these."));
  }

  private void checkBudget(Setting asked, boolean gaussian) {
    Setting budget = scope.client().at("privacy_budget");
    if (!budget.given()) {
      scope
          .findings()
          .missing(
              budget, "what exports with privacy.dp may spend, as in {epsilon: 10, per: year}");
      return;
    }
    if (gaussian && !budget.at("delta").given()) {
      scope.findings().missing(budget.at("delta"), "a delta, as an export has gaussian noise");
    }
    Optional<Double> most = budget.at("epsilon").number();
    Optional<Double> epsilon = asked.at("epsilon").number();
    if (most.isPresent() && epsilon.isPresent() && epsilon.get() > most.get()) {
      scope
          .findings()
          .wrong(
              asked.at("epsilon"),
              "at most privacy_budget.epsilon, which is "
                  + Shown.value(budget.at("epsilon").node()));
    }
  }
}
