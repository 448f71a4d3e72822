package com.segumento.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What share of {@code nightly} goes to making releases, to remembering and to judging them, by the
 * number of segments, on the second of two nights. Prints Markdown. Arguments: sizes as
 * PERSONSxSEGMENTS.
 */
public final class GateBenchmark {
  private static final List<String> SIZES = List.of("200000x20", "200000x200", "50000x1000");
  private static final String FIRST_NIGHT = "2026-02-26";
  private static final int DAYS = 58;
  private static final double PERCENT = 100;

  private static final String EXPORTS =
      """
      exports:
        - name: insight
          kind: cells
          segments: all
          dimensions: [age, gender, place]
          levels: {age: auto, gender: 0, place: auto}
          measures: [{name: customers}, {name: spend, sum: spend_90d, clamp: [0, 50000]}]
          privacy: {k: 50, suppression_limit: 0.3}
          format: parquet
      """
          + BenchLake.STATE_REACH;

  private GateBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println(
        "| persons | segments | night | nightly s | ingest s | enrich s | segment s | export s |"
            + " making s | judging s | publishing s | judging, of nightly |\n"
            + "|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (String size : arguments.length == 0 ? SIZES : List.of(arguments)) {
      String[] numbers = size.split("x", 2);
      measure(Long.parseLong(numbers[0]), Integer.parseInt(numbers[1]));
    }
  }

  private static void measure(long persons, int segments) throws IOException, InterruptedException {
    BenchLake lake = BenchLake.create("gate", "", EXPORTS);
    lake.define(segments(segments));
    lake.fill(persons, DAYS, 2);
    for (String night : List.of(FIRST_NIGHT, BenchLake.NIGHT)) {
      Measured nightly =
          lake.segumento("nightly", Map.of(), "nightly", "--date", night, "--client", "acme");
      lake.segumento("status", Map.of(), "status", "--date", night, "--json");
      print(persons, segments, night, nightly.seconds(), seconds(lake.directory()));
    }
  }

  private static void print(
      long persons, int segments, String night, double nightly, Map<String, Double> seconds) {
    System.out.printf(
        Locale.ROOT,
        "| %,d | %,d | %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.0f %% |%n",
        persons,
        segments,
        night,
        nightly,
        seconds.get("ingest"),
        seconds.get("enrich"),
        seconds.get("segment"),
        seconds.get("export"),
        seconds.get("making"),
        seconds.get("judging"),
        seconds.get("publishing"),
        PERCENT * seconds.get("judging") / nightly);
  }

  /** By stage, and by what was done for exports. */
  private static Map<String, Double> seconds(Path directory) throws IOException {
    Map<String, Double> seconds = new TreeMap<>();
    String said = Files.readString(directory.resolve("status.log"));
    JsonNode records = new ObjectMapper().readTree(said.substring(said.indexOf('[')));
    for (JsonNode record : records) {
      seconds.merge(record.path("stage").asText(), record.path("seconds").asDouble(), Double::sum);
      record
          .path("report")
          .path("breakdowns")
          .path("seconds_by_export")
          .properties()
          .forEach(
              part ->
                  seconds.merge(
                      part.getKey().replaceFirst(".*: ", ""),
                      part.getValue().asDouble(),
                      Double::sum));
    }
    return seconds;
  }

  /** Segments that overlap, each of some percent of the persons. */
  private static String segments(int number) {
    StringBuilder yaml =
        new StringBuilder(
            """
            traits:
              spend_90d: {from: orders, where: "kind = 'purchase'", window: 90d, agg: sum(amount)}
              orders_90d: {from: orders, where: "kind = 'purchase'", window: 90d, agg: count}
              last_order: {from: orders, where: "kind = 'purchase'", agg: days_since_last}
              active_days: {from: orders, window: 28d, agg: distinct_days}
            segments:
            """);
    for (int i = 0; i < number; i++) {
      int age = 18 + i * 7 % 50;
      yaml.append(
          String.format(
              Locale.ROOT,
              "  - {id: s%d, where: \"age between %d and %d and spend_90d >= %d and last_order >="
                  + " %d\"}%n",
              i,
              age,
              age + 8 + i % 13,
              i % 11 * 300,
              i % 7 * 2));
    }
    return yaml.toString();
  }
}
