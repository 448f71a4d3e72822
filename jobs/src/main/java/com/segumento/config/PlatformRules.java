package com.segumento.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a schema cannot say of {@code platform.yaml}. */
record PlatformRules(Setting platform, Findings findings) {
  private static final Pattern REGION = Pattern.compile(Form.NAME);

  /** Elsewhere it would be of no class of data, or of another, and lie among a table's files. */
  private static final Pattern ALERTS =
      Pattern.compile("ops/alerts(?!_sent$|_unsent$)[a-z0-9_.-]{0,40}");

  private static final String ALERTS_SAYS =
      "a path that begins with ops/alerts, as in ops/alerts.jsonl: every part of the lake has an"
          + " owner and a rule of how long it stays";

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
      findings.missing(alert.at("path"), ALERTS_SAYS);
    }
    alert
        .at("path")
        .text()
        .filter(path -> !ALERTS.matcher(path).matches())
        .ifPresent(path -> findings.wrong(alert.at("path"), ALERTS_SAYS));
  }
}
