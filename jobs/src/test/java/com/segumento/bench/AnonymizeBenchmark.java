package com.segumento.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.testkit.Repository;
import com.segumento.testkit.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code anonymize} against a plain grouping by all quasi-identifiers and writing of the rows, on
 * the same made-up persons. Each figure is of a process of its own, Spark's start left out. Prints
 * Markdown. Arguments: the {@linkplain Part parts} that are wanted, all of them where none is
 * named, and numbers of rows.
 */
public final class AnonymizeBenchmark {
  private static final long[] ROWS = {1_000_000, 4_000_000, 16_000_000};
  private static final int QUASI = 6;
  private static final String FORMAT = "parquet";
  private static final Pattern SECONDS =
      Pattern.compile("GROUP seconds=([0-9.]+) of them counting=([0-9.]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Parts that can be run by themselves. */
  private enum Part {
    /** By rows, at six quasi-identifiers. */
    ROWS,
    /** By quasi-identifiers, at the fewest rows. */
    QUASI,
    /** The heap of the driver on a cluster, by rows. */
    DRIVER,
    /** Tables that ARX was timed on, where their folder is given. */
    ARX
  }

  private final BenchLake folder;
  private final SubmittedJob jobs;

  private AnonymizeBenchmark() throws IOException, InterruptedException {
    folder = BenchLake.create("anonymize", "");
    jobs = SubmittedJob.in(folder.directory());
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    List<Long> sizes = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.matches("[0-9]+")) {
        sizes.add(Long.parseLong(argument));
      } else {
        parts.add(Part.valueOf(argument.toUpperCase(Locale.ROOT)));
      }
    }
    new AnonymizeBenchmark()
        .run(
            parts.isEmpty() ? EnumSet.allOf(Part.class) : parts,
            sizes.isEmpty() ? ROWS : sizes.stream().mapToLong(Long::longValue).sorted().toArray());
  }

  private void run(Set<Part> parts, long... sizes) throws IOException, InterruptedException {
    String tables = System.getProperty("arx.tables", System.getenv("ARX_TABLES"));
    if (parts.contains(Part.ARX) && tables != null) {
      new ArxTimes(folder, Path.of(tables)).print();
    }
    if (parts.equals(EnumSet.of(Part.ARX))) {
      return;
    }
    System.out.println(
        "\n| rows | QIs | group s | write s | anonymize s | times | search s | nodes | optimal |"
            + " driver heap MB |\n|---:|---:|---:|---:|---:|---:|---:|---:|---|---:|");
    for (long rows : sizes) {
      Set<Integer> quasi = new TreeSet<>();
      if (parts.contains(Part.ROWS) || parts.contains(Part.DRIVER)) {
        quasi.add(QUASI);
      }
      if (parts.contains(Part.QUASI) && rows == sizes[0]) {
        quasi.addAll(List.of(4, QUASI, GeneratedPersons.QUASI.size()));
      }
      if (!quasi.isEmpty()) {
        generate(rows);
      }
      for (int some : quasi) {
        line(rows, some, some == QUASI && parts.contains(Part.DRIVER));
      }
    }
  }

  private void generate(long rows) throws IOException, InterruptedException {
    Path table = Files.createDirectories(table(rows));
    jobs.run(
        "generate",
        GeneratedPersons.class,
        Long.toString(rows),
        table.toAbsolutePath().toString(),
        FORMAT);
  }

  private Path table(long rows) {
    return folder.directory().resolve(Long.toString(rows));
  }

  /** One line of figures, printed as soon as they are known. */
  private void line(long rows, int quasi, boolean driver) throws IOException, InterruptedException {
    List<String> names = List.copyOf(GeneratedPersons.QUASI.keySet()).subList(0, quasi);
    Matcher plain = plain(rows, names);
    double both = Double.parseDouble(plain.group(1));
    double group = Double.parseDouble(plain.group(2));
    Path spec = specification(table(rows), names);
    JsonNode found = anonymize(spec, Map.of());
    double ours = found.get("total_ms").asDouble() / 1e3;
    System.out.printf(
        Locale.ROOT,
        "| %,d | %d | %.1f | %.1f | %.1f | %.2f | %.1f | %d | %s | %s |%n",
        rows,
        quasi,
        group,
        both - group,
        ours,
        ours / both,
        found.get("search_ms").asDouble() / 1e3,
        found.get("nodes_checked").asLong(),
        found.get("optimal").asBoolean() ? "yes" : "no",
        driver ? driverHeap(spec) : "");
  }

  private Matcher plain(long rows, List<String> names) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(names);
    all.add(GeneratedPersons.SENSITIVE);
    Path table = table(rows);
    String said =
        jobs.run(
            "group",
            GroupAndWrite.class,
            table.resolve("persons." + FORMAT).toString(),
            FORMAT,
            String.join(",", names),
            String.join(",", all),
            table.resolve("plain" + names.size()).toString());
    Matcher seconds = SECONDS.matcher(said);
    if (!seconds.find()) {
      throw new IllegalStateException("The grouping said nothing:\n" + said);
    }
    return seconds;
  }

  private JsonNode anonymize(Path spec, Map<String, String> more)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(folder.environment());
    environment.putAll(more);
    Measured.run(
        folder.directory().resolve("anonymize.log"),
        environment,
        List.of(
            Repository.path("scripts/segumento").toString(),
            "anonymize",
            "--spec",
            spec.toString()));
    return JSON.readTree(spec.resolveSibling("report.json").toFile());
  }

  /** On a cluster, where the driver holds nothing that an executor should. */
  private String driverHeap(Path spec) throws IOException, InterruptedException {
    Path collections = folder.directory().resolve("driver-gc.log");
    Path conf = folder.directory().resolve("cluster.conf");
    Files.writeString(
        conf,
        "spark.executor.memory 4g\nspark.driver.extraJavaOptions -XX:+UseParallelGC -Xlog:gc:file="
            + collections
            + "\n");
    try (StandaloneCluster cluster =
        StandaloneCluster.start(
            Files.createDirectories(folder.directory().resolve("cluster")), "4g")) {
      anonymize(
          spec,
          Map.of(
              "SEGUMENTO_SPARK_CONF",
              conf.toString(),
              "SEGUMENTO_MASTER",
              cluster.master(),
              "SEGUMENTO_DRIVER_MEMORY",
              "2g"));
    }
    return Measured.largestAfterCollection(collections) + " of 2048";
  }

  private static Path specification(Path table, List<String> quasi) throws IOException {
    StringBuilder yaml =
        new StringBuilder("input: {path: persons.%1$s, format: %1$s}\n".formatted(FORMAT));
    yaml.append("attributes:\n");
    for (String name : quasi) {
      yaml.append(
          "  %s: {role: quasi, hierarchy: %s}\n".formatted(name, GeneratedPersons.QUASI.get(name)));
    }
    yaml.append("  %s: {role: sensitive}\n".formatted(GeneratedPersons.SENSITIVE));
    yaml.append("privacy: {k: 10, suppression_limit: 0.02}\n");
    yaml.append("output: {path: out, format: %s}\nreport: report.json\n".formatted(FORMAT));
    return Files.writeString(table.resolve("spec.yaml"), yaml.toString());
  }
}
