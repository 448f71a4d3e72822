package com.segumento.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Consistency of segments; their expressions are checked where they are parsed. */
record SegmentRules(ClientScope scope) {
  private static final List<String> OF_EVENTS =
      List.of("did", "did_not", "first", "regularly", "stopped", "restarted", "sequence");
  private static final List<String> RULES =
      List.of(
          "where",
          "include",
          "exclude",
          "did",
          "did_not",
          "first",
          "regularly",
          "stopped",
          "restarted",
          "sequence",
          "rank",
          "split",
          "lookalike");

  void check() {
    List<Setting> segments = scope.segments().at("segments").items();
    scope.unique(segments.stream().map(segment -> segment.at("id")).toList(), "segment id");
    segments.forEach(this::checkSegment);
    checkWaterfalls();
  }

  private Findings findings() {
    return scope.findings();
  }

  private void checkSegment(Setting segment) {
    if (segment.at("id").is(Export.ALL_SEGMENTS)) {
      findings().wrong(segment.at("id"), "another id: exports mean every segment by this word");
    }
    segment
        .at("taxonomy")
        .text()
        .filter(text -> !Taxonomy.isWellFormed(text))
        .ifPresent(text -> findings().wrong(segment.at("taxonomy"), Taxonomy.SAYS));
    checkOneRule(segment);
    OF_EVENTS.forEach(rule -> scope.known(segment.at(rule).at("from"), scope.eventNames()));
    checkTimes(segment.at("did"));
    checkPeriods(segment.at("regularly"));
    segment.at("sequence").at("steps").items().forEach(this::checkStep);
    segment.at("include").items().forEach(other -> checkOther(segment, other));
    segment.at("exclude").items().forEach(other -> checkOther(segment, other));
    checkRank(segment);
    checkOther(segment, segment.at("split").at("of"));
    checkOther(segment, segment.at("lookalike").at("seed"));
    scope.knownFigures(segment.at("lookalike").at("features"));
  }

  private void checkOneRule(Setting segment) {
    List<String> given = RULES.stream().filter(rule -> segment.at(rule).given()).toList();
    boolean one = given.size() == 1 || given.equals(List.of("include", "exclude"));
    if (segment.node().isObject() && !one) {
      findings()
          .say(
              segment,
              (given.isEmpty() ? "No rule is given." : String.join(" and ", given) + " are given.")
                  + " Expected exactly one of "
                  + String.join(", ", RULES)
                  + "; include and exclude may stand together.");
    }
  }

  private void checkTimes(Setting did) {
    did.at("at_least")
        .number()
        .ifPresent(
            least ->
                did.at("at_most")
                    .number()
                    .filter(most -> most < least)
                    .ifPresent(
                        most -> findings().wrong(did.at("at_most"), "at_least or more times")));
  }

  private void checkPeriods(Setting regularly) {
    regularly
        .at("at_least")
        .number()
        .ifPresent(
            least ->
                regularly
                    .at("periods")
                    .number()
                    .filter(periods -> periods < least)
                    .ifPresent(
                        periods ->
                            findings().wrong(regularly.at("at_least"), "no more than periods")));
  }

  private void checkStep(Setting step) {
    if (step.node().isObject() && step.at("not").given() == step.at("step").given()) {
      findings().say(step, "Expected exactly one of not and step.");
    } else if (step.at("not").given() && (step.at("after").given() || step.at("before").given())) {
      findings().say(step, "after and before belong to a step that happens. Leave them out.");
    }
  }

  private void checkRank(Setting segment) {
    Setting rank = segment.at("rank");
    if (rank.node().isObject()) {
      scope.known(rank.at("by"), scope.figures());
      if (rank.at("top").given() == rank.at("bottom").given()) {
        findings().say(rank, "Expected exactly one of top and bottom.");
      }
      checkOther(segment, rank.at("among"));
    }
  }

  /** A segment that exists and is another one. Longer ways around are found where rules meet. */
  private void checkOther(Setting segment, Setting other) {
    if (other.text().isPresent() && other.text().equals(segment.at("id").text())) {
      findings().wrong(other, "another segment than itself");
    } else {
      scope.known(other, scope.segmentIds());
    }
  }

  private void checkWaterfalls() {
    Set<String> taken = new LinkedHashSet<>();
    for (Setting waterfall : scope.segments().at("waterfalls").members()) {
      for (Setting segment : waterfall.items()) {
        scope.known(segment, scope.segmentIds());
        segment
            .text()
            .filter(id -> !taken.add(id))
            .ifPresent(
                id ->
                    findings()
                        .say(
                            segment,
                            Shown.text(id)
                                + " is in a waterfall already. Expected each segment in one"
                                + " waterfall, and once."));
      }
    }
  }
}
