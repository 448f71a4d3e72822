package com.segumento.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All that took ARX more than five seconds, each in a process of its own, Spark's start left out.
 *
 * @param tables the folder with the tables, their hierarchies and {@code expected.csv}, which says
 *     what ARX found and how long it took
 */
record ArxTimes(BenchLake folder, Path tables) {
  private static final long SLOW = 5000;

  /** The fewest {@code anonymize} takes; models that ask for more make no difference of 1 and 2. */
  private static final int FLOOR = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  void print() throws IOException, InterruptedException {
    System.out.println(
        "\n| table | k | limit | metric | model | ARX s | anonymize s | times faster | same loss |\n"
            + "|---|---:|---:|---|---|---:|---:|---:|---|");
    List<String> lines = Files.readAllLines(tables.resolve("expected.csv"));
    List<String> header = List.of(lines.get(0).split(";", -1));
    for (String line : lines.subList(1, lines.size())) {
      Case one = new Case(header, List.of(line.split(";", -1)));
      if (one.number("anonymize_ms") > SLOW) {
        line(one);
      }
    }
  }

  /** A line of what ARX found. */
  private record Case(List<String> header, List<String> cells) {
    String text(String column) {
      return cells.get(header.indexOf(column));
    }

    double number(String column) {
      return Double.parseDouble(text(column));
    }

    /** Its privacy model beside k, as the specification has it. */
    String model() {
      String sensitive = text("sensitive");
      List<String> model = List.of(text("model").split("[:,]", -1));
      return switch (model.get(0)) {
        case "" -> "";
        case "shannon" -> ", l: {attribute: %s, entropy: %s}".formatted(sensitive, model.get(1));
        case "recursive" ->
            ", l: {attribute: %s, recursive: {c: %s, l: %s}}"
                .formatted(sensitive, model.get(1), model.get(2));
        case "tequal" ->
            ", t: {attribute: %s, max: %s, distance: equal}".formatted(sensitive, model.get(1));
        case "thier" ->
            ", t: {attribute: %s, max: %s, distance: hierarchical}"
                .formatted(sensitive, model.get(1));
        default -> throw new IllegalArgumentException(model.get(0));
      };
    }
  }

  private List<String> specification(Case one) {
    String table = one.text("dataset");
    List<String> yaml = new ArrayList<>();
    yaml.add(
        "input: {path: %s, format: csv, options: {header: true, sep: ';'}}"
            .formatted(tables.resolve(table + ".csv").toAbsolutePath()));
    yaml.add("attributes:");
    for (String name : one.text("qis").split(",", -1)) {
      yaml.add("  %s: {role: quasi, hierarchy: %s}".formatted(name, hierarchy(table, name)));
    }
    String sensitive = one.text("sensitive");
    if (!sensitive.isEmpty()) {
      String hierarchy =
          one.text("model").startsWith("thier")
              ? ", hierarchy: " + hierarchy(table, sensitive)
              : "";
      yaml.add("  %s: {role: sensitive%s}".formatted(sensitive, hierarchy));
    }
    int k = Math.max(FLOOR, Integer.parseInt(one.text("k")));
    yaml.add(
        "privacy: {k: %d, suppression_limit: %s%s}"
            .formatted(k, one.text("supp_limit"), one.model()));
    yaml.add("utility: {metric: %s}".formatted(one.text("metric")));
    yaml.add("output: {path: arx-out, format: csv}");
    yaml.add("report: arx.json");
    return yaml;
  }

  private Path hierarchy(String table, String name) {
    return tables.resolve(table + "_hierarchy_" + name + ".csv").toAbsolutePath();
  }

  private void line(Case one) throws IOException, InterruptedException {
    Path spec = folder.directory().resolve("arx.yaml");
    Files.write(spec, specification(one));
    Measured.run(
        folder.directory().resolve("arx.log"),
        folder.environment(),
        List.of(
            Repository.path("scripts/segumento").toString(),
            "anonymize",
            "--spec",
            spec.toString()));
    JsonNode found = JSON.readTree(folder.directory().resolve("arx.json").toFile());
    double arx = one.number("anonymize_ms") / 1e3;
    double ours = found.get("total_ms").asDouble() / 1e3;
    boolean same = Math.abs(found.get("information_loss").asDouble() - one.number("loss")) < 1e-9;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %.1f | %.1f | %.1f | %s |%n",
        one.text("dataset"),
        one.text("k"),
        one.text("supp_limit"),
        one.text("metric"),
        one.text("model"),
        arx,
        ours,
        arx / ours,
        same ? "yes" : "no");
  }
}
