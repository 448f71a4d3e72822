package com.segumento.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the gate is asked to hold an export to; never less than the platform's floors. */
record ExportPrivacyRules(ClientScope scope, Setting export) {
  void check() {
    Setting privacy = export.at("privacy");
    checkK(privacy.at("k"));
    List<String> sensitive = sensitive();
    scope.known(privacy.at("l").at("attribute"), sensitive);
    scope.known(privacy.at("t").at("attribute"), sensitive);
    checkDistance(privacy.at("t"));
    Setting l = privacy.at("l");
    long models =
        Stream.of("distinct", "entropy", "recursive").filter(key -> l.at(key).given()).count();
    if (l.node().isObject() && models != 1) {
      scope.findings().say(l, "Expected exactly one of distinct, entropy, recursive.");
    }
  }

  /** What l and t may be about: of records, what the export itself calls sensitive. */
  private List<String> sensitive() {
    if (export.at("kind").is("records")) {
      return export.at("attributes").members().stream()
          .filter(attribute -> attribute.is("sensitive"))
          .map(Setting::key)
          .toList();
    }
    return scope.profileColumns().entrySet().stream()
        .filter(column -> column.getValue().at("role").is("sensitive"))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void checkDistance(Setting t) {
    Optional<Setting> column = t.at("attribute").text().map(scope.profileColumns()::get);
    boolean tree = column.filter(of -> of.at("hierarchy").given()).isPresent();
    if (t.at("distance").is("hierarchical") && !tree) {
      scope
          .findings()
          .wrong(t.at("distance"), "equal or ordered: the attribute has no hierarchy to go by");
    }
  }

  private void checkK(Setting k) {
    Setting floors = scope.platform().at("privacy");
    boolean audience = export.at("kind").is("audience");
    Setting floor = floors.at(audience ? "activation_floor" : "k_floor");
    Optional<Double> asked = k.number();
    Optional<Double> lowest = floor.number();
    if (asked.isEmpty() || lowest.isEmpty()) {
      return;
    }
    if (asked.get() < lowest.get()) {
      scope
          .findings()
          .wrong(
              k,
              "at least "
                  + floor.node().asText()
                  + ": privacy."
                  + floor.key()
                  + " of platform.yaml cannot be configured away by a client file");
    } else if (asked.get().equals(lowest.get())) {
      scope.findings().warn(k, "is the platform's floor. Expected more where the data allows it.");
    }
  }
}
