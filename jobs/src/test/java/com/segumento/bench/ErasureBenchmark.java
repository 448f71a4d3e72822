package com.segumento.bench;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * Erasure against writing every file anew, and its proof. Prints Markdown. Arguments: the number of
 * persons, and of those to erase.
 */
public final class ErasureBenchmark {
  private static final String PERSONS = "10000000";
  private static final String ERASED = "100000";

  private ErasureBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchLake lake = BenchLake.create("erasure", "");
    SubmittedJob.in(lake.directory())
        .run(
            "scale",
            ErasureScale.class,
            Stream.concat(
                    Stream.of(lake.directory().toAbsolutePath().toString()),
                    arguments.length == 0 ? Stream.of(PERSONS, ERASED) : Stream.of(arguments))
                .toArray(String[]::new))
        .lines()
        .filter(line -> line.startsWith("|") || line.startsWith("Proof"))
        .forEach(System.out::println);
  }
}
