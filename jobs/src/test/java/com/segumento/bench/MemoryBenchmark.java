package com.segumento.bench;

import java.io.IOException;
import java.util.Locale;

/**
 * How the release memory grows over many nights, and what is published of them, with persons as
 * {@code generate} makes them. Prints Markdown. Arguments: the number of persons, and of nights;
 * and {@code states} for a second export, of totals by state.
 */
public final class MemoryBenchmark {
  private static final String PERSONS = "100000";
  private static final String NIGHTS = "60";

  private static final String EXPORTS =
      """
      exports:
        - name: insight
          kind: cells
          segments: all
          dimensions: [age, gender, place]
          levels: {age: auto, gender: 0, place: auto}
          measures: [{name: customers}, {name: spend, sum: spend_90d, clamp: [0, 50000]}]
          privacy: {k: 50}
          format: parquet
      """;

  private MemoryBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String persons = arguments.length > 0 ? arguments[0] : PERSONS;
    String nights = arguments.length > 1 ? arguments[1] : NIGHTS;
    boolean states = arguments.length > 2 && arguments[2].equals("states");
    BenchLake lake =
        BenchLake.create("memory", "", states ? EXPORTS + BenchLake.STATE_REACH : EXPORTS);
    lake.define(segments());
    lake.fill(Long.parseLong(persons), 1, 1);
    BenchLake.empty(lake.landing("orders")); // what persons do is made up night by night
    for (String stage : new String[] {"ingest", "enrich"}) {
      lake.segumento(
          stage, java.util.Map.of(), stage, "--date", MemoryScale.BEFORE, "--client", "acme");
    }
    SubmittedJob.in(lake.directory())
        .run("scale", MemoryScale.class, lake.directory().toAbsolutePath().toString(), nights)
        .lines()
        .filter(line -> line.startsWith("|") || line.startsWith("Folded"))
        .forEach(System.out::println);
  }

  /** Whose members {@link MemoryScale} makes up. */
  private static String segments() {
    StringBuilder yaml =
        new StringBuilder(
            """
            traits:
              spend_90d: {from: orders, where: "kind = 'purchase'", window: 90d, agg: sum(amount)}
            segments:
            """);
    for (int i = 0; i < MemoryScale.SEGMENTS; i++) {
      yaml.append(String.format(Locale.ROOT, "  - {id: s%02d, where: \"age >= %d\"}%n", i, i));
    }
    return yaml.toString();
  }
}
