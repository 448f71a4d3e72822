package com.segumento.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a schema cannot say of {@code platform.yaml}. */
record PlatformRules(Setting platform, Findings findings) {
  private static final Pattern REGION = Pattern.compile(Form.NAME);

  void check() {
    for (Setting region : platform.at("regions").members()) {
      if (!REGION.matcher(region.key()).matches()) {
        findings.say(region.byKey(), "is no name of a region. Expected " + Form.NAME_SAYS + ".");
      }
    }
    Setting privacy = platform.at("privacy");
    atLeastFloor(privacy.at("default_k"), privacy.at("k_floor"));
    atLeastFloor(privacy.at("activation_floor"), privacy.at("k_floor"));
    platform.at("alerts").items().forEach(this::checkAlert);
  }

  private void atLeastFloor(Setting k, Setting floor) {
    Optional<Double> lowest = floor.number();
    if (k.number().isPresent() && lowest.isPresent() && k.number().get() < lowest.get()) {
      findings.wrong(k, "at least privacy.k_floor, which is " + floor.node().asText());
    }
  }

  private void checkAlert(Setting alert) {
    if (alert.at("kind").is("webhook") && !alert.at("url_alias").given()) {
      findings.missing(alert.at("url_alias"), Form.ALIAS_SAYS);
    }
    if (alert.at("kind").is("file") && !alert.at("path").given()) {
      findings.missing(alert.at("path"), "a path below the lake, as in ops/alerts.jsonl");
    }
    alert
        .at("path")
        .text()
        .filter(path -> !Source.inside(path))
        .ifPresent(path -> findings.wrong(alert.at("path"), "a path that stays inside the lake"));
  }
}
