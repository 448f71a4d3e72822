package com.segumento.bench;

import com.segumento.testkit.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The heap the driver of {@code nightly} needs while persons grow: on a cluster of two workers, so
 * that the driver holds nothing an executor should. Arguments: numbers of persons.
 */
public final class DriverMemory {
  private static final long[] PERSONS = {1_000_000, 4_000_000};

  private DriverMemory() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long[] sizes =
        arguments.length == 0
            ? PERSONS
            : Arrays.stream(arguments).mapToLong(Long::parseLong).toArray();
    System.out.println("persons      driver heap after collection, at most   nightly");
    for (long persons : sizes) {
      measure(persons);
    }
  }

  private static void measure(long persons) throws IOException, InterruptedException {
    Path collections = Path.of("jobs/target/bench/driver-gc.log").toAbsolutePath();
    Files.createDirectories(collections.getParent());
    BenchLake lake =
        BenchLake.create(
            "driver-memory",
            "spark.executor.memory 5g\nspark.driver.extraJavaOptions -XX:+UseParallelGC"
                + " -Xlog:gc:file="
                + collections
                + "\n");
    lake.fill(persons);
    try (StandaloneCluster cluster =
        StandaloneCluster.start(
            Files.createDirectories(lake.directory().resolve("cluster")), "5g")) {
      Measured nightly =
          lake.segumento(
              "nightly",
              Map.of("SEGUMENTO_MASTER", cluster.master(), "SEGUMENTO_DRIVER_MEMORY", "700m"),
              "nightly",
              "--date",
              BenchLake.NIGHT,
              "--client",
              "acme");
      System.out.printf(
          "%,11d  %4d MB of 700 MB                            %.0f s%n",
          persons, Measured.largestAfterCollection(collections), nightly.seconds());
    }
  }
}
