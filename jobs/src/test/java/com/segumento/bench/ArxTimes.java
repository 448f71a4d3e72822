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
 * The tables that took ARX more than five seconds, each in a process of its own, Spark's start left
 * out.
 *
 * @param tables the folder with the tables, their hierarchies and {@code expected.csv}, which says
 *     what ARX found and how long it took
 */
record ArxTimes(BenchLake folder, Path tables) {
  private static final long SLOW = 5000;
  private static final ObjectMapper JSON = new ObjectMapper();

  void print() throws IOException, InterruptedException {
    System.out.println(
        "\n| table | k | limit | ARX s | anonymize s | times faster | same loss |\n"
            + "|---|---:|---:|---:|---:|---:|---|");
    List<String> lines = Files.readAllLines(tables.resolve("expected.csv"));
    List<String> header = List.of(lines.get(0).split(";", -1));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(";", -1);
      double millis = Double.parseDouble(cells[header.indexOf("anonymize_ms")]);
      boolean plain = cells[header.indexOf("model")].isEmpty();
      if (plain && millis > SLOW && cells[header.indexOf("metric")].equals("loss")) {
        line(cells, header, millis / 1e3);
      }
    }
  }

  private void line(String[] cells, List<String> header, double arx)
      throws IOException, InterruptedException {
    String table = cells[header.indexOf("dataset")];
    String k = cells[header.indexOf("k")];
    String limit = cells[header.indexOf("supp_limit")];
    Path spec = folder.directory().resolve("arx.yaml");
    List<String> yaml = new ArrayList<>();
    yaml.add(
        "input: {path: %s, format: csv, options: {header: true, sep: ';'}}"
            .formatted(tables.resolve(table + ".csv").toAbsolutePath()));
    yaml.add("attributes:");
    for (String name : cells[header.indexOf("qis")].split(",", -1)) {
      Path file = tables.resolve(table + "_hierarchy_" + name + ".csv").toAbsolutePath();
      yaml.add("  %s: {role: quasi, hierarchy: %s}".formatted(name, file));
    }
    yaml.add("privacy: {k: %s, suppression_limit: %s}".formatted(k, limit));
    yaml.add("output: {path: arx-out, format: csv}");
    yaml.add("report: arx.json");
    Files.write(spec, yaml);
    Measured.run(
        folder.directory().resolve("arx.log"),
        folder.environment(),
        List.of(
            Repository.path("scripts/segumento").toString(),
            "anonymize",
            "--spec",
            spec.toString()));
    JsonNode found = JSON.readTree(folder.directory().resolve("arx.json").toFile());
    double ours = found.get("total_ms").asDouble() / 1e3;
    double loss = Double.parseDouble(cells[header.indexOf("loss")]);
    boolean same = Math.abs(found.get("information_loss").asDouble() - loss) < 1e-9;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.1f | %.1f | %.1f | %s |%n",
        table,
        k,
        limit,
        arx,
        ours,
        arx / ours,
        same ? "yes" : "no");
  }
}
