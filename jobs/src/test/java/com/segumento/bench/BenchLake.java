package com.segumento.bench;

import com.segumento.testkit.Repository;
import com.segumento.testkit.SecretsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A lake in a local folder, filled for the client {@code acme} by the shipped commands.
 *
 * @param directory everything lies below it
 * @param environment of the shipped commands
 */
record BenchLake(Path directory, Map<String, String> environment) {
  private static final int DAYS = 58;

  /** An export of totals by state, to end a list of exports. */
  static final String STATE_REACH =
      """
        - name: state_reach
          kind: cells
          segments: all
          dimensions: [place]
          levels: {place: 2}
          measures: [{name: customers}]
          privacy: {k: 50}
          format: csv
      """;

  /** Those other programs can make too: cells at given levels. */
  private static final String EXPORTS =
      """
      exports:
        - name: monthly_insight
          kind: cells
          segments: [high_value, lapsed, winback, metro_high_value]
          dimensions: [age, gender, place]
          levels: {age: 4, gender: 0, place: 3}
          measures: [{name: customers}, {name: spend, sum: spend_90d, clamp: [0, 50000]}]
          privacy: {k: 50}
          format: parquet
      """
          + STATE_REACH;

  static final String NIGHT = "2026-02-27";

  /** An empty lake. */
  static BenchLake create(String name, String settings) throws IOException {
    return create(name, settings, EXPORTS);
  }

  /** One whose client has these exports, a YAML block. */
  static BenchLake create(String name, String settings, String exports) throws IOException {
    Path directory = Repository.path("jobs/target/bench").resolve(name);
    empty(directory);
    configure(directory.resolve("conf"), exports);
    String provider =
        SecretsFile.write(
            directory.resolve("secrets.jceks"),
            Map.of(
                "acme.person.key", "the person key of a benchmark, of 32 bytes and more",
                "ops.manifest.key", "the manifest key of a benchmark, of 32 bytes and more"));
    Path conf = directory.resolve("spark.conf");
    Files.writeString(
        conf,
        "spark.hadoop.hadoop.security.credential.provider.path " + provider + "\n" + settings);
    return new BenchLake(
        directory,
        Map.of(
            "SPARK_CONF_DIR",
            Repository.path("conf").toString(),
            "SEGUMENTO_SPARK_CONF",
            conf.toString(),
            "SEGUMENTO_LOG_DIR",
            directory.resolve("log").toString(),
            "SEGUMENTO_DRIVER_MEMORY",
            "6g",
            "SEGUMENTO_MASTER",
            "local[2]"));
  }

  /** The shipped configuration, with the exports of the benchmark. */
  private static void configure(Path to, String exports) throws IOException {
    Path from = Repository.path("conf");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    Path acme = to.resolve("clients/acme.yaml");
    Files.writeString(
        acme, Files.readString(acme).replaceFirst("(?ms)^exports:.*?^(?=\\S)(?!exports)", exports));
  }

  static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(directory);
  }

  String root() {
    return "file:" + directory.resolve("lake");
  }

  Path landing(String dataset) {
    return directory.resolve("lake/landing/acme").resolve(dataset);
  }

  /** What the client's segments are, YAML. */
  void define(String segments) throws IOException {
    Files.writeString(directory.resolve("conf/segments/acme.yaml"), segments);
  }

  /** Loads the references and one drop of each dataset. */
  void fill(long persons) throws IOException, InterruptedException {
    fill(persons, DAYS, 1);
  }

  /** The same with drops of as many last days. */
  void fill(long persons, int days, int nights) throws IOException, InterruptedException {
    for (String name : List.of("places", "demographics")) {
      segumento(
          "reference-" + name,
          Map.of(),
          "reference",
          "load",
          "--name",
          name,
          "--path",
          Repository.path("conf/reference").toString(),
          "--valid-from",
          "2011-01-01");
    }
    segumento(
        "generate",
        Map.of(),
        "generate",
        "--client",
        "acme",
        "--persons",
        Long.toString(persons),
        "--days",
        Integer.toString(days),
        "--seed",
        "7",
        "--nights",
        Integer.toString(nights));
  }

  /** Runs a shipped command on this lake. */
  Measured segumento(String log, Map<String, String> more, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Repository.path("scripts/segumento").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--lake", root(), "--conf", directory.resolve("conf").toString()));
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.putAll(more);
    return Measured.run(directory.resolve(log + ".log"), all, command);
  }
}
