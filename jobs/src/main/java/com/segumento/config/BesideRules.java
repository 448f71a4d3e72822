package com.segumento.config;

import java.util.List;

/** What holds for traits and segments that stand beside a client's own. */
record BesideRules(ClientScope scope) {
  void check() {
    new TraitRules(scope).check();
    new SegmentRules(scope).check();
    List<String> traits = scope.beside().at("traits").keys();
    for (Setting trait : scope.segments().at("traits").members()) {
      if (traits.contains(trait.key())) {
        scope.findings().say(trait.byKey(), "is a trait of the client. Expected another name.");
      }
    }
    List<String> ids =
        scope.beside().at("segments").items().stream()
            .flatMap(segment -> segment.at("id").text().stream())
            .toList();
    List<Setting> segments = scope.segments().at("segments").items();
    for (Setting segment : segments) {
      if (segment.at("id").text().filter(ids::contains).isPresent()) {
        scope.findings().wrong(segment.at("id"), "an id no segment of the client has");
      }
    }
    if (segments.isEmpty()) {
      scope.findings().missing(scope.segments().at("segments"), "at least one segment");
    }
    for (Setting waterfall : scope.segments().at("waterfalls").members()) {
      for (Setting segment : waterfall.items()) {
        if (segment.text().filter(ids::contains).isPresent()) {
          scope.findings().wrong(segment, "a segment of this file");
        }
      }
    }
  }
}
