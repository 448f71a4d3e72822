package com.segumento.config;

import java.util.List;

/** Consistency of segments; their expressions are checked where they are parsed. */
record SegmentRules(ClientScope scope) {
  private static final List<String> RULES = List.of("where", "sequence", "rank", "split");

  void check() {
    List<Setting> segments = scope.segments().at("segments").items();
    scope.unique(segments.stream().map(segment -> segment.at("id")).toList(), "segment id");
    segments.forEach(this::checkSegment);
  }

  private Findings findings() {
    return scope.findings();
  }

  private void checkSegment(Setting segment) {
    if (segment.at("id").is(Export.ALL_SEGMENTS)) {
      findings().wrong(segment.at("id"), "another id: exports mean every segment by this word");
    }
    List<String> given = RULES.stream().filter(rule -> segment.at(rule).given()).toList();
    if (segment.node().isObject() && given.size() != 1) {
      findings()
          .say(
              segment,
              (given.isEmpty() ? "No rule is given." : String.join(" and ", given) + " are given.")
                  + " Expected exactly one of "
                  + String.join(", ", RULES)
                  + ".");
    }
    scope.known(segment.at("sequence").at("from"), scope.eventNames());
    Setting rank = segment.at("rank");
    if (rank.node().isObject()) {
      scope.known(rank.at("by"), scope.figures());
      if (rank.at("top").given() == rank.at("bottom").given()) {
        findings().say(rank, "Expected exactly one of top and bottom.");
      }
    }
    Setting of = segment.at("split").at("of");
    if (of.text().isPresent() && of.text().equals(segment.at("id").text())) {
      findings().wrong(of, "another segment than itself");
    } else {
      scope.known(of, scope.segmentIds());
    }
  }
}
