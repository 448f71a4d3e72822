package com.segumento.config;

import java.util.List;
import java.util.stream.Stream;

/** What the shape of a specification of {@code anonymize} does not say. */
record AnonymizeRules(Setting root, Findings findings) {
  private static final List<String> PARTS = List.of("day", "month", "quarter", "year");
  private static final List<String> WAYS = List.of("file", "intervals", "date", "mask", "places");

  void check() {
    Setting attributes = root.at("attributes");
    attributes.members().forEach(this::attribute);
    if (attributes.members().stream().noneMatch(one -> one.at("role").is("quasi"))) {
      findings.say(attributes, "No attribute has the role quasi. Expected one at least.");
    }
    root.at("privacy").at("l").items().forEach(this::diversity);
    root.at("privacy").at("t").items().forEach(this::closeness);
    person();
    if (root.at("input").at("path").node().equals(root.at("output").at("path").node())) {
      findings.wrong(root.at("output").at("path"), "another path than that of the input");
    }
  }

  private void attribute(Setting attribute) {
    Setting hierarchy = attribute.at("hierarchy");
    if (attribute.at("role").is("quasi") && !hierarchy.given()) {
      findings.missing(hierarchy, "a hierarchy for each attribute whose role is quasi");
    }
    if (hierarchy.given()) {
      long ways = WAYS.stream().filter(way -> hierarchy.at(way).given()).count();
      if (ways != 1) {
        findings.say(hierarchy, "Expected exactly one of " + String.join(", ", WAYS) + ".");
      }
      widths(hierarchy.at("intervals"));
      ascending(hierarchy.at("mask").at("characters"));
      parts(hierarchy.at("date"));
    }
  }

  private void widths(Setting intervals) {
    double before = 0;
    for (Setting width : intervals.at("widths").items()) {
      double now = width.number().orElse(0.0);
      double times = before == 0 ? 1 : now / before;
      if (now <= 0 || times < 1 || times != Math.rint(times)) {
        findings.wrong(width, "a number above 0 that is a multiple of the one before it");
        return;
      }
      before = now;
    }
    double from = intervals.at("from").number().orElse(Double.NEGATIVE_INFINITY);
    if (intervals.at("to").number().orElse(Double.POSITIVE_INFINITY) < from) {
      findings.wrong(intervals.at("to"), "a number of at least from");
    }
  }

  private void ascending(Setting characters) {
    double before = 0;
    for (Setting one : characters.items()) {
      double now = one.number().orElse(0.0);
      if (now <= before) {
        findings.wrong(one, "a whole number above the one before it, from 1");
        return;
      }
      before = now;
    }
  }

  private void parts(Setting date) {
    int before = -1;
    for (Setting part : date.items()) {
      int now = PARTS.indexOf(part.node().asText());
      if (now <= before) {
        findings.wrong(part, "parts in the order day, month, quarter, year");
        return;
      }
      before = now;
    }
  }

  private void diversity(Setting l) {
    sensitive(l.at("attribute"));
    if (Stream.of("distinct", "entropy", "recursive").filter(key -> l.at(key).given()).count()
        != 1) {
      findings.say(l, "Expected exactly one of distinct, entropy, recursive.");
    }
    if (l.at("recursive").at("c").number().orElse(1.0) <= 0) {
      findings.wrong(l.at("recursive").at("c"), "a number above 0");
    }
  }

  private void closeness(Setting t) {
    sensitive(t.at("attribute"));
    Setting attribute = root.at("attributes").at(t.at("attribute").node().asText());
    if (t.at("distance").is("hierarchical") && !attribute.at("hierarchy").given()) {
      findings.missing(attribute.at("hierarchy"), "one, which hierarchical distances are made of");
    }
  }

  private void sensitive(Setting name) {
    Setting attribute = root.at("attributes").at(name.node().asText());
    if (!attribute.at("role").is("sensitive")) {
      findings.wrong(
          name,
          attribute.given()
              ? "an attribute whose role is sensitive, not " + attribute.at("role").node().asText()
              : "an attribute whose role is sensitive");
    }
  }

  private void person() {
    Setting person = root.at("person");
    Setting attribute = root.at("attributes").at(person.node().asText());
    if (attribute.given() && !attribute.at("role").is("identifying")) {
      findings.wrong(person, "row, or a column that is no attribute of another role");
    }
  }
}
