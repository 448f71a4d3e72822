package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.segumento.config.DatasetContract.Role;
import com.segumento.config.DifferentialPrivacy;
import com.segumento.config.Export;
import com.segumento.config.Export.Closeness;
import com.segumento.config.Export.Diversity;
import com.segumento.config.PrivacyBudget;
import com.segumento.privacy.gate.BudgetInForce;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads back from a manifest what export it is of, at the levels it was made at. */
record ManifestExport(JsonNode manifest) {

  /** The levels in force, by attribute. */
  Map<String, Integer> levels() {
    Map<String, Integer> levels = new LinkedHashMap<>();
    manifest
        .path(PinnedLevels.LEVELS)
        .properties()
        .forEach(level -> levels.put(level.getKey(), level.getValue().intValue()));
    return levels;
  }

  /**
   * The export.
   *
   * @throws IllegalArgumentException where the manifest is none of ours
   */
  Export read() {
    Export.Kind kind = constant(Export.Kind.class, manifest.path("kind"));
    Map<String, JsonNode> levels = new LinkedHashMap<>();
    levels().forEach((name, level) -> levels.put(name, IntNode.valueOf(level)));
    Export export =
        new Export(
            manifest.path("export").asText(),
            kind,
            null,
            names("dimension"),
            levels,
            measures(),
            kind == Export.Kind.RECORDS ? attributes() : Map.of(),
            privacy(manifest.path("privacy")),
            constant(Export.Format.class, manifest.path("format")),
            null,
            null);
    List<String> segments = new ArrayList<>();
    manifest.path("segments").forEach(segment -> segments.add(segment.path("id").asText()));
    // Of records, none listed means everybody.
    return segments.isEmpty() && kind == Export.Kind.RECORDS ? export : export.of(segments);
  }

  private List<String> names(String role) {
    List<String> names = new ArrayList<>();
    for (JsonNode column : manifest.path("columns")) {
      if (column.path("role").asText().equals(role)) {
        names.add(column.path("name").asText());
      }
    }
    return names;
  }

  private List<Export.Measure> measures() {
    List<Export.Measure> measures = new ArrayList<>();
    for (JsonNode column : manifest.path("columns")) {
      if (column.path("role").asText().equals("measure")) {
        List<Double> clamp = new ArrayList<>();
        column.path("clamp").forEach(bound -> clamp.add(bound.asDouble()));
        measures.add(
            new Export.Measure(
                column.path("name").asText(),
                column.path(DataDictionary.SUM).textValue(),
                clamp.isEmpty() ? null : clamp));
      }
    }
    return measures;
  }

  private Map<String, Role> attributes() {
    Map<String, Role> roles = new LinkedHashMap<>();
    for (JsonNode column : manifest.path("columns")) {
      roles.put(column.path("name").asText(), constant(Role.class, column.path("role")));
    }
    return roles;
  }

  private static Export.Privacy privacy(JsonNode privacy) {
    return new Export.Privacy(
        privacy.path("k").intValue(),
        number(privacy.path("suppression_limit")),
        privacy.has("l") ? diversity(privacy.path("l")) : null,
        privacy.has("t") ? closeness(privacy.path("t")) : null,
        privacy.has("dominance")
            ? new Export.Dominance(number(privacy.path("dominance").path("p")))
            : null,
        integer(privacy.path("round_to")),
        privacy.has("dp") ? noise(privacy.path("dp")) : null);
  }

  private static Diversity diversity(JsonNode l) {
    JsonNode recursive = l.path("recursive");
    return new Diversity(
        l.path("attribute").asText(),
        integer(l.path("distinct")),
        number(l.path("entropy")),
        recursive.isObject()
            ? new Diversity.Recursive(number(recursive.path("c")), integer(recursive.path("l")))
            : null);
  }

  private static DifferentialPrivacy noise(JsonNode dp) {
    return new DifferentialPrivacy(
        constant(DifferentialPrivacy.Mechanism.class, dp.path("mechanism")),
        number(dp.path("epsilon")),
        number(dp.path("delta")));
  }

  /**
   * The privacy budget that was in force; none of a release without noise.
   *
   * @param until the version of the ledger of noise that has the release's
   */
  Optional<BudgetInForce> budget(long until) {
    JsonNode budget = manifest.path("privacy").path("dp").path("budget");
    return budget.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new BudgetInForce(
                budget.path("epsilon").decimalValue(),
                budget.has("delta")
                    ? Optional.of(budget.path("delta").decimalValue())
                    : Optional.empty(),
                new PrivacyBudget.Period(
                    LocalDate.parse(budget.path("from").asText()),
                    LocalDate.parse(budget.path("to").asText())),
                until));
  }

  private static Closeness closeness(JsonNode t) {
    return new Closeness(
        t.path("attribute").asText(),
        number(t.path("max")),
        constant(Closeness.Distance.class, t.path("distance")));
  }

  private static Double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : null;
  }

  private static Integer integer(JsonNode node) {
    return node.isIntegralNumber() ? node.intValue() : null;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode name) {
    return Enum.valueOf(type, name.asText().toUpperCase(Locale.ROOT));
  }
}
